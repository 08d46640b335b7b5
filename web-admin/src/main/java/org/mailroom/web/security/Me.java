package org.mailroom.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.SecurityContext;
import org.mailroom.admin.Role;

/** What the reader may do, so that pages offer nothing else; the beans behind them judge for themselves. */
@Named
@RequestScoped
public class Me {
    @Inject
    private SecurityContext security;

    /** Auditors read all of it and change none. */
    public boolean isChanger() {
        return security.isCallerInRole(Role.ADMINISTRATOR);
    }
}
