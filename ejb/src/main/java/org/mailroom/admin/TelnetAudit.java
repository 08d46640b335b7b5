package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Writes down whom an administrator talked to; committed before the first octet leaves. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TelnetAudit {
    @Inject
    private Audit audit;

    public void opened(String host, String address) {
        audit.write("telnet.open", host, address);
    }
}
