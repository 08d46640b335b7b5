package org.mailroom.connector.sasl;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.mailroom.contract.login.Logins.LoginVerdict;

/** EXTERNAL (RFC 4422 appendix A): TLS has proved who the client is, and the certificate names his addresses. */
record External(X509Certificate certificate, BiFunction<String, List<String>, LoginVerdict> verify)
        implements Mechanism {
    /** RFC 5280 §4.2.1.6. */
    private static final int RFC822_NAME = 1;

    @Override
    public Answer answer(byte[] message) throws MalformedMessage {
        return new Answer.End(verify.apply(Text.utf8(message), addresses(certificate)));
    }

    static List<String> addresses(X509Certificate certificate) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            var found = new ArrayList<String>();
            for (var name : names == null ? List.<List<?>>of() : names) {
                if (name.get(0).equals(RFC822_NAME) && name.get(1) instanceof String address) {
                    found.add(address);
                }
            }
            return found;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
