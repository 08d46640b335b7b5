package org.mailroom.web.token;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ApiTokenAdmin;
import org.mailroom.admin.ApiTokenInfo;
import org.mailroom.admin.NewApiToken;
import org.mailroom.admin.Role;
import org.mailroom.web.security.Me;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Rows;
import org.mailroom.web.site.Texts;

/** The reader's own tokens of the REST API; those of everybody for whoever may see all. */
@Named
@RequestScoped
public class TokensPage {
    @Inject
    private ApiTokenAdmin admin;

    @Inject
    private Me me;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String name = "";
    private String role = "";
    private String domain = "";
    private String days = String.valueOf(NewApiToken.DAYS);
    private boolean readOnly;
    private @Nullable Rows<ApiTokenInfo> rows;

    public List<ApiTokenInfo> getOwn() throws AdminException {
        return admin.own();
    }

    /** All that there are. */
    public Rows<ApiTokenInfo> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>(admin::all);
            rows = known;
        }
        return known;
    }

    /** The roles that a token of the reader can have. */
    public List<String> getRoles() {
        return me.getTokenRoles();
    }

    public void add() {
        tried(() -> {
            var wish = new NewApiToken(name.strip(), role, domain.strip(), readOnly, days());
            notices.secret(
                    texts.of("tokens.made", wish.name()),
                    String.valueOf(admin.addOwn(wish).password()));
        });
    }

    /** What is no number is one that is refused. */
    private int days() {
        return days.strip().matches("\\d{1,4}") ? Integer.parseInt(days.strip()) : 0;
    }

    public void revoke() {
        long id = Long.parseLong(here.chosen("revoke").replaceAll("\\D|^$", "0"));
        tried(() -> {
            if (me.isAdministrator()) {
                admin.remove(id);
            } else {
                admin.removeOwn(id);
            }
            notices.done(texts.of("tokens.revoked"));
        });
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void tried(Deed deed) {
        try {
            deed.go();
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getRole() {
        return role.isEmpty() ? Role.USER : role;
    }

    public void setRole(String role) {
        this.role = role;
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(String domain) {
        this.domain = domain;
    }

    public String getDays() {
        return days;
    }

    public void setDays(String days) {
        this.days = days;
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }
}
