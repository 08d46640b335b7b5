package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.directory.Roles;
import org.mailroom.login.LoginCheck;

/** Who logs in to the console: judged, slowed and logged like a login on the wire. */
@Stateless
@PermitAll
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ConsoleLogin {
    @Inject
    private LoginCheck check;

    @Inject
    private Roles roles;

    private AccountSettings settings = AccountSettings.DEFAULT;

    @PostConstruct
    void configure() {
        settings = AccountSettings.current();
    }

    /** What comes of a step of a login. */
    public sealed interface Entry {
        /**
         * Somebody who was let in.
         *
         * @param address of his account, as it is kept
         */
        record Admitted(String address, Set<String> roles) implements Entry {
            public Admitted {
                roles = Set.copyOf(roles);
            }
        }

        /** The password was right, and a code is wanted besides: {@link ConsoleLogin#confirm}. */
        record CodeWanted(String address) implements Entry {}

        /** Name, password or code is wrong. */
        record Refused() implements Entry {}

        /**
         * It was not looked at: there were too many failures, or whoever knows the password does not answer.
         *
         * @param why and how long to wait, where that is known: one line
         */
        record Later(String why) implements Entry {}
    }

    /**
     * Who logs in, and what he may.
     *
     * @param client IP address of the browser
     */
    public Entry login(String address, String password, String client) {
        return switch (check.verify(ip(client), "console", address, password)) {
            case LoginVerdict.Granted granted -> enter(granted, false);
            case LoginVerdict.Denied _ -> new Entry.Refused();
            case LoginVerdict.Unavailable(var why) -> new Entry.Later(why);
        };
    }

    /**
     * The second step.
     *
     * @param address whose password was right just now, which the caller saw to
     * @param code of the device, or one of recovery
     */
    public Entry confirm(String address, String code, String client) {
        return switch (check.secondFactor(ip(client), "console", address, code)) {
            case LoginVerdict.Granted granted ->
                new Entry.Admitted(granted.name(), roles.of(granted.account(), Role.USER));
            case LoginVerdict.Denied _ -> new Entry.Refused();
            case LoginVerdict.Unavailable(var why) -> new Entry.Later(why);
        };
    }

    /**
     * Who has proved who he is, and whether that is enough.
     *
     * @param secondFactor whether he was asked for one already
     */
    public Entry enter(LoginVerdict.Granted granted, boolean secondFactor) {
        if (secondFactor) {
            return new Entry.Admitted(granted.name(), roles.of(granted.account(), Role.USER));
        }
        return check.asksSecondFactor(granted.account())
                ? new Entry.CodeWanted(granted.name())
                : new Entry.Admitted(granted.name(), withoutSecondFactor(granted));
    }

    /** Of whom a second factor is demanded that he does not have, he may set it up, and no more. */
    private Set<String> withoutSecondFactor(LoginVerdict.Granted granted) {
        var all = roles.of(granted.account(), Role.USER);
        return settings.secondFactor().isDemandedOf(all) ? Set.of(Role.USER) : all;
    }

    /** What somebody who logged in before may do by now; nothing at all where his account is disabled or gone. */
    public Set<String> roles(String address) {
        return roles.now(address, Role.USER);
    }

    /** A literal; what is none is somebody unknown, who is slowed with all others of the kind. */
    static InetAddress ip(String client) {
        try {
            return InetAddress.ofLiteral(client);
        } catch (IllegalArgumentException e) {
            return unknown();
        }
    }

    private static InetAddress unknown() {
        try {
            return InetAddress.getByAddress(new byte[4]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
