package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A port of this node for mail.
 *
 * @param protocol SMTP, SUBMISSION, LMTP, POP3 or IMAP
 * @param tls {@code implicit} from the first octet, or {@code starttls}
 * @param state {@code open}, {@code draining} (new clients are turned away) or {@code closed} (it could not be opened)
 * @param certificate for whom the certificate is that it shows; empty where it shows none
 * @param until when that certificate ends
 * @param trouble why a handshake came to nothing, or why the port is closed; empty where nothing is wrong
 */
public record ListenerInfo(
        String name,
        String protocol,
        String address,
        int port,
        String tls,
        String state,
        int sessions,
        String certificate,
        @Nullable Instant until,
        String trouble) {}
