package org.mailroom.contract.receive;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Protocol;

/**
 * What is known of the one who speaks SMTP to us, at the time of a command.
 *
 * @param session the wire's id of the session
 * @param role how the listener was declared
 * @param address of the client, after PROXY
 * @param trusted whether the address is in a network that may look behind the scenes; it may not relay for that
 * @param helo the argument of EHLO, HELO or LHLO, checked for syntax; empty before it
 * @param extended whether EHLO was said, not HELO
 * @param tls protocol and cipher suite, such as {@code TLSv1.3 TLS_AES_256_GCM_SHA384}; null in the clear
 * @param login the account that AUTH proved, or null
 * @param loginName the address with which it logged in, or null
 * @param mechanism of SASL, with which it logged in, or null
 * @param since when it connected
 */
public record Client(
        String session,
        Protocol role,
        InetSocketAddress address,
        boolean trusted,
        String helo,
        boolean extended,
        @Nullable String tls,
        @Nullable AccountId login,
        @Nullable String loginName,
        @Nullable String mechanism,
        Instant since) {
    /** The protocol word of a Received field (RFC 3848; with SMTPUTF8, RFC 6531 §4.3). */
    public String with(Envelope envelope) {
        if (!extended) {
            return "SMTP";
        }
        boolean utf8 = envelope.parameters().containsKey("SMTPUTF8");
        var word = role == Protocol.LMTP ? (utf8 ? "UTF8LMTP" : "LMTP") : utf8 ? "UTF8SMTP" : "ESMTP";
        return word + (tls != null ? "S" : "") + (login != null ? "A" : "");
    }
}
