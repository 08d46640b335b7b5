package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.login.LoginCheck;

/** Whose logins are slowed, because too many failed. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.HELP_DESK})
public class LoginAdmin {
    @Inject
    private LoginCheck check;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public List<SlowedLogin> slowed() {
        return check.slowed().stream()
                .map(one -> new SlowedLogin(one.who(), one.failures(), one.last(), one.seconds()))
                .toList();
    }

    /** Lets him try again at once. */
    public void lift(String who) throws AdminException {
        if (!check.lift(who)) {
            throw new AdminException(Kind.NOT_FOUND, "Nobody of that name is slowed");
        }
        audit.write("login.lift", who, "");
    }
}
