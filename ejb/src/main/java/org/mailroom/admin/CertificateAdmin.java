package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import org.mailroom.acme.AcmeTable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.house.CertificateFiles;
import org.mailroom.house.OpenWire;

/** What those who connect by TLS are shown, port by port, and how it is replaced. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CertificateAdmin {
    @Inject
    private OpenWire wire;

    @Inject
    private CertificateFiles files;

    @Inject
    private AcmeTable orders;

    @Inject
    private Audit audit;

    /** From a handshake with each port of this node; where TLS begins later, STARTTLS or STLS goes before it. */
    public List<CertificateInfo> certificates() {
        return wire.listeners().stream().map(Handshake::with).toList();
    }

    /** Whether {@link #install} can replace it: not where a setting names files of the operator's own. */
    public boolean replaceable() {
        return !files.chosen();
    }

    /** What {@link #install} would have this node show. */
    @RolesAllowed(Role.ADMINISTRATOR)
    public OfferedCertificate check(String chain, String key) throws AdminException {
        return OfferedCertificate.of(PemPair.parse(chain, key, Instant.now()), files.hostname());
    }

    /**
     * The mail listeners of this node show it from now on. The console's own port takes it when the server starts anew.
     *
     * @param chain in PEM
     * @param key in PEM, not encrypted; it may stand in the chain, too
     */
    @RolesAllowed(Role.ADMINISTRATOR)
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public OfferedCertificate install(String chain, String key) throws AdminException {
        var pair = PemPair.parse(chain, key, Instant.now());
        if (!replaceable()) {
            throw new AdminException(
                    Kind.CONFLICT,
                    "mail.tls.certificate and mail.tls.private-key name files: put the new ones there, and they are read"
                            + " within seconds");
        }
        if (orders.given().isPresent()) {
            throw new AdminException(
                    Kind.CONFLICT,
                    "The certificate is ordered from an authority, by itself; turn that off first, or the next one takes the"
                            + " place of yours");
        }
        var offered = OfferedCertificate.of(pair, files.hostname());
        audit.write(
                "certificate.install",
                String.join(" ", offered.names()),
                "until=" + offered.until() + " issuer=" + offered.issuer());
        try {
            files.replace(pair.chainPem(), pair.keyPem());
        } catch (IOException e) {
            throw new UncheckedIOException("the certificate cannot be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it was read a moment ago", e);
        }
        return offered;
    }
}
