package org.mailroom.admin;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
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

    /**
     * Somebody who was let in.
     *
     * @param address of his account, as it is kept
     */
    public record Admitted(String address, Set<String> roles) {
        public Admitted {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * Who logs in, and what he may.
     *
     * @param client IP address of the browser
     * @return empty where name or password is wrong, or it was tried too often
     */
    public Optional<Admitted> login(String address, String password, String client) {
        return check.verify(ip(client), "console", address, password) instanceof LoginVerdict.Granted granted
                ? Optional.of(new Admitted(granted.name(), roles.of(granted.account(), Role.USER)))
                : Optional.empty();
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
