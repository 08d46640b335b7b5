package org.mailroom.web.role;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Role;
import org.mailroom.admin.RoleAdmin;
import org.mailroom.admin.RoleInfo;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Who may administer what; given and taken. */
@Named
@RequestScoped
public class AdministratorsPage {
    @Inject
    private RoleAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    private String address = "";
    private String role = Role.DOMAIN_ADMINISTRATOR;
    private String domain = "";

    public List<RoleInfo> getGranted() {
        return admin.granted();
    }

    public void grant() {
        change(
                "roles.granted",
                address.strip(),
                () -> admin.grant(new RoleInfo(address.strip(), role, domain.strip())));
    }

    /** The button names address, role and domain, divided by blanks: none of them has one unquoted, and roles come first. */
    public void revoke() {
        var parts = here.chosen("revoke").split(" ", 3);
        if (parts.length == 3) {
            change("roles.revoked", parts[2], () -> admin.revoke(new RoleInfo(parts[2], parts[0], parts[1])));
        }
    }

    private interface Deed {
        void go() throws AdminException;
    }

    private void change(String said, String of, Deed deed) {
        try {
            deed.go();
            notices.done(texts.of(said, of));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
        here.again();
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public String getRole() {
        return role;
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
}
