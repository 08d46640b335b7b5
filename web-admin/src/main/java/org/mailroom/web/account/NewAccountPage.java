package org.mailroom.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AccountAdmin;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.NewAccount;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** Makes an account; the house thinks of a password unless one is typed. */
@Named
@RequestScoped
public class NewAccountPage {
    @Inject
    private AccountAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    @Inject
    private Links links;

    private String address = "";
    private String displayName = "";
    private String password = "";

    public void add() {
        try {
            var made = admin.add(
                    new NewAccount(address.strip(), displayName.strip(), password.isEmpty() ? null : password));
            tell(made.address(), made.created(), made.password());
            here.go(links.account(made.address()));
        } catch (AdminException refused) {
            // The form stays as it was typed.
            notices.problem(refused.text());
        }
    }

    private void tell(String made, boolean created, @Nullable String generated) {
        if (!created) {
            notices.problem(texts.of("accounts.known", made));
        } else if (generated == null) {
            notices.done(texts.of("accounts.added", made));
        } else {
            notices.secret(texts.of("accounts.addedWith", made), generated);
        }
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(String displayName) {
        this.displayName = displayName;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }
}
