package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;
import org.mailroom.house.OpenWire;

/** The ports of this node: which are meant to be open, which are, and what they show. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ListenerAdmin {
    @Inject
    private OpenWire wire;

    /** In the order of the settings; each that is open is asked for its certificate. */
    public List<ListenerInfo> listeners() {
        var open = wire.listeners();
        return wire.declared().stream()
                .map(declared -> open.stream()
                        .filter(one -> one.name().equals(declared.name()))
                        .findFirst()
                        .map(this::open)
                        .orElseGet(() -> closed(declared)))
                .toList();
    }

    private ListenerInfo open(Wire.Listening one) {
        var shown = Handshake.with(one);
        return new ListenerInfo(
                one.name(),
                one.protocol().name(),
                one.address().getAddress().getHostAddress(),
                one.address().getPort(),
                tls(one.implicitTls()),
                wire.isDraining() ? "draining" : "open",
                one.sessions(),
                shown.names().isEmpty() ? shown.subject() : String.join(", ", shown.names()),
                shown.until(),
                shown.trouble());
    }

    private ListenerInfo closed(WireSettings.Listener one) {
        return new ListenerInfo(
                one.name(),
                one.protocol().name(),
                one.address(),
                one.port(),
                tls(one.implicitTls()),
                "closed",
                0,
                "",
                null,
                wire.problem());
    }

    private static String tls(boolean implicit) {
        return implicit ? "implicit" : "starttls";
    }
}
