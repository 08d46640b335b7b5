package org.mailroom.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener shows to those who connect by TLS.
 *
 * @param names the names that the certificate is for
 * @param chain how many certificates were sent
 * @param tlsa what DANE would publish (RFC 6698: 3 1 1); empty where there was no handshake
 * @param trouble why there was no handshake; empty where there was one
 */
public record CertificateInfo(
        String listener,
        int port,
        String protocol,
        String subject,
        List<String> names,
        String issuer,
        @Nullable Instant from,
        @Nullable Instant until,
        int chain,
        String tlsa,
        String trouble) {
    public CertificateInfo {
        names = List.copyOf(names);
    }

    static CertificateInfo failed(String listener, int port, String trouble) {
        return new CertificateInfo(listener, port, "", "", List.of(), "", null, null, 0, "", trouble);
    }
}
