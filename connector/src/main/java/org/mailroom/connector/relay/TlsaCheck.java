package org.mailroom.connector.relay;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.mailroom.contract.relay.TlsTrouble;
import org.mailroom.contract.relay.Tlsa;

/**
 * Whether a host's certificates are the ones that its TLSA records stand for (RFC 7672 §3).
 *
 * @param names that the host's certificate must have where a record names an authority
 */
record TlsaCheck(List<Tlsa> records, List<String> names) {
    /** @param chain as the host sent it, its own certificate first */
    void require(List<X509Certificate> chain) throws IOException {
        RefusedCertificateException nearly = null;
        for (var record : records) {
            try {
                if (record.usage() == 3 && matches(record, chain.getFirst())) {
                    return; // RFC 7672 §3.1.1: neither its name nor its dates matter
                }
                if (record.usage() == 2 && isSignedBy(record, chain)) {
                    CertificateNames.require(chain.getFirst(), names);
                    return;
                }
            } catch (RefusedCertificateException e) {
                nearly = e;
            }
        }
        throw nearly != null
                ? nearly
                : new RefusedCertificateException(
                        TlsTrouble.NO_MATCH, "DANE: no TLSA record stands for its certificate");
    }

    private static boolean matches(Tlsa record, X509Certificate certificate) {
        try {
            var octets = record.selector() == 0
                    ? certificate.getEncoded()
                    : certificate.getPublicKey().getEncoded();
            var matched = switch (record.matching()) {
                case 0 -> octets;
                case 1 -> MessageDigest.getInstance("SHA-256").digest(octets);
                case 2 -> MessageDigest.getInstance("SHA-512").digest(octets);
                default -> new byte[0];
            };
            return matched.length > 0 && HexFormat.of().formatHex(matched).equals(record.data());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** RFC 7672 §3.1.2: the host sends the authority's certificate too, so that a digest can be compared. */
    private static boolean isSignedBy(Tlsa record, List<X509Certificate> chain) {
        for (int i = 0; i < chain.size(); i++) {
            var authority = chain.get(i);
            if (matches(record, authority) && (i == 0 || isValid(chain.subList(0, i), authority))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isValid(List<X509Certificate> path, X509Certificate authority) {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
