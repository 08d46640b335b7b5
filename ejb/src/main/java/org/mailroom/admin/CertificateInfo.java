package org.mailroom.admin;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.wire.Wire;

/**
 * What a listener shows to those who connect by TLS.
 *
 * @param implicitTls false where STARTTLS or STLS came first
 * @param protocol version and cipher suite
 * @param names the names that the certificate is for
 * @param chain how many certificates were sent
 * @param tlsa what DANE would publish (RFC 6698: 3 1 1); empty where there was no handshake
 * @param distrust why a client that knows the usual authorities does not trust the chain; empty where it does
 * @param trouble why there was no handshake; empty where there was one
 */
public record CertificateInfo(
        String listener,
        int port,
        boolean implicitTls,
        String protocol,
        String subject,
        List<String> names,
        String issuer,
        @Nullable Instant from,
        @Nullable Instant until,
        int chain,
        String tlsa,
        String distrust,
        String trouble) {
    public CertificateInfo {
        names = List.copyOf(names);
    }

    static CertificateInfo failed(Wire.Listening listener, String trouble) {
        int port = listener.address().getPort();
        return new CertificateInfo(
                listener.name(), port, listener.implicitTls(), "", "", List.of(), "", null, null, 0, "", "", trouble);
    }
}
