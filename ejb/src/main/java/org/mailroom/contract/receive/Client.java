package org.mailroom.contract.receive;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Protocol;

/**
 * What is known of the one who speaks SMTP to us, at the time of a command.
 *
 * @param session the wire's id of the session
 * @param role how the listener was declared
 * @param address of the client, after PROXY
 * @param helo the argument of EHLO or HELO, checked for syntax; empty before it
 * @param extended whether EHLO was said, not HELO
 * @param tls protocol and cipher suite, such as {@code TLSv1.3 TLS_AES_256_GCM_SHA384}; null in the clear
 * @param login the account that AUTH proved, or null
 * @param loginName the address with which it logged in, or null
 */
public record Client(
        String session,
        Protocol role,
        InetSocketAddress address,
        String helo,
        boolean extended,
        @Nullable String tls,
        @Nullable AccountId login,
        @Nullable String loginName) {
    /** The protocol word of a Received field (RFC 3848). */
    public String with() {
        return extended ? "ESMTP" + (tls != null ? "S" : "") + (login != null ? "A" : "") : "SMTP";
    }
}
