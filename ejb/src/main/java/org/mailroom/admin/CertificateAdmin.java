package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.contract.wire.Wire;
import org.mailroom.house.OpenWire;

/** What those who connect by TLS are shown, port by port. STARTTLS shows the same. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CertificateAdmin {
    @Inject
    private OpenWire wire;

    public List<CertificateInfo> certificates() {
        return wire.listeners().stream()
                .filter(Wire.Listening::implicitTls)
                .map(Handshake::with)
                .toList();
    }
}
