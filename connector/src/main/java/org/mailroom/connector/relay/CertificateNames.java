package org.mailroom.connector.relay;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.relay.TlsTrouble;

/** Whom a certificate is for: the DNS names and addresses it lists (RFC 9525 §6.3); its common name counts no more. */
final class CertificateNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private CertificateNames() {}

    /** @throws RefusedCertificateException where none of the wanted names is in it */
    static void require(X509Certificate certificate, List<String> wanted) throws RefusedCertificateException {
        var listed = listed(certificate);
        if (wanted.stream().noneMatch(name -> listed.stream().anyMatch(pattern -> matches(pattern, name)))) {
            throw new RefusedCertificateException(
                    TlsTrouble.OTHER_NAME,
                    "certificate name mismatch: it is for "
                            + listed.stream().limit(5).toList() + ", not " + wanted.getFirst());
        }
    }

    private static List<String> listed(X509Certificate certificate) throws RefusedCertificateException {
        var names = new ArrayList<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (var entry : alternatives) {
                    int kind = (Integer) entry.get(0);
                    if ((kind == DNS || kind == ADDRESS) && entry.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new RefusedCertificateException(TlsTrouble.NOT_TRUSTED, "its certificate cannot be read");
        }
    }

    /** A star stands for the whole first label, and for nothing else. */
    static boolean matches(String pattern, String name) {
        var lower = pattern.toLowerCase(Locale.ROOT);
        var wanted = name.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("*.")) {
            return lower.equals(wanted);
        }
        int dot = wanted.indexOf('.');
        return dot > 0 && lower.indexOf('.', 2) > 0 && wanted.substring(dot).equals(lower.substring(1));
    }
}
