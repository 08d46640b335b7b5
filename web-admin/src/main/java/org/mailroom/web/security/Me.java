package org.mailroom.web.security;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.SecurityContext;
import java.util.List;
import java.util.stream.Stream;
import org.mailroom.admin.Role;

/** What the reader may do, so that pages offer nothing else; the beans behind them judge for themselves. */
@Named
@RequestScoped
public class Me {
    @Inject
    private SecurityContext security;

    /** Auditors read all of it and change none. Domain administrators see pages only on which they may. */
    public boolean isChanger() {
        return isAdministrator() || security.isCallerInRole(Role.DOMAIN_ADMINISTRATOR);
    }

    public boolean isAdministrator() {
        return security.isCallerInRole(Role.ADMINISTRATOR);
    }

    /** Sees everything but mail. */
    public boolean isReader() {
        return isAdministrator() || security.isCallerInRole(Role.AUDITOR);
    }

    /** As what a program may ask in the reader's name. */
    public List<String> getTokenRoles() {
        return Stream.concat(Role.GRANTED.stream(), Stream.of(Role.USER))
                .filter(role -> isAdministrator() || security.isCallerInRole(role))
                .toList();
    }

    /** May look for things. */
    public boolean isFinder() {
        return Doors.open("/find", security::isCallerInRole);
    }

    /** May set passwords of others. */
    public boolean isPasswordSetter() {
        return isChanger() || security.isCallerInRole(Role.HELP_DESK);
    }

    /** The pages of the navigation that the reader may open. */
    public List<String> getPages() {
        return Doors.NAVIGATION.stream()
                .filter(page -> Doors.open(page, security::isCallerInRole))
                .toList();
    }
}
