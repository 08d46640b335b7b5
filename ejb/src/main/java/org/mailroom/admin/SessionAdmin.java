package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
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

    /** Ends a session politely; false where there is none of this id. */
    public boolean end(String id) {
        boolean ended = wire.end(id);
        if (ended) {
            audit.write("session.end", id, "");
        }
        return ended;
    }
}
