package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.wire.Wire;
import org.mailroom.house.OpenWire;

/** Who is connected by SMTP, POP3 or IMAP to this node. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class SessionAdmin {
    @Inject
    private OpenWire wire;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<Wire.Session> sessions() {
        return wire.sessions();
    }

    /** Sessions of which something is kept, the latest first; also those that have ended. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<Wire.Past> past(int most) {
        return wire.past(Math.clamp(most, 1, 1000));
    }

    /**
     * What was said lately in a session, without secrets and messages.
     *
     * @param after the number of the last entry that is known; -1: all that are kept
     */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public List<Wire.Said> transcript(String id, long after) {
        return wire.transcript(id, after);
    }

    /** Whoever looks over somebody's shoulder is written down. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public News watch(String id) throws AdminException {
        if (wire.sessions().stream().noneMatch(session -> session.id().equals(id))) {
            throw new AdminException(Kind.NOT_FOUND, "There is no such session");
        }
        audit.write("session.watch", id, "");
        return new SessionNews(wire, id);
    }

    /** Ends a session politely; false where there is none of this id. */
    public boolean end(String id) {
        boolean ended = wire.end(id);
        if (ended) {
            audit.write("session.end", id, "");
        }
        return ended;
    }
}
