package org.mailroom.receive;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.receive.Client;

/** Those who speak to us. */
public final class Clients {
    private Clients() {}

    public static Client stranger(String helo, String address) {
        return client(Protocol.SMTP, helo, address, null, null);
    }

    public static Client user(long account) {
        return client(Protocol.SUBMISSION, "laptop.test", "192.0.2.5", "TLSv1.3 TLS_AES_256_GCM_SHA384", account);
    }

    /** A mail system in front of us. */
    public static Client lmtp() {
        return client(Protocol.LMTP, "front.here.test", "127.0.0.1", null, null);
    }

    private static Client client(
            Protocol role, String helo, String address, @Nullable String tls, @Nullable Long account) {
        return new Client(
                "s1",
                role,
                new InetSocketAddress(address, 4321),
                false,
                helo,
                true,
                tls,
                account == null ? null : new AccountId(account),
                account == null ? null : "alice@here.test",
                account == null ? null : "PLAIN",
                Instant.now());
    }
}
