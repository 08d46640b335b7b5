package org.mailroom.contract.login;

import java.net.InetSocketAddress;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Protocol;

/** Judges proofs of identity, the same for all protocols. Holds no transaction: hashing and directories take their time. */
public interface Logins {
    /** A login with a name and a password (LOGIN, PLAIN, USER and PASS). */
    LoginVerdict verify(Attempt attempt, String name, String password);

    /**
     * Where a login comes from.
     *
     * @param address of the client, after PROXY
     */
    record Attempt(String session, Protocol protocol, InetSocketAddress address, boolean tls) {}

    /** Yes, no, or not now. */
    sealed interface LoginVerdict {
        /** @param name the full address of the account */
        record Granted(AccountId account, String name) implements LoginVerdict {}

        /** Wrong name or password, or an account that may not log in: the client is not told which. */
        record Denied() implements LoginVerdict {}

        /** Too many failures from there, or the directory does not answer: the client may come back later. */
        record Unavailable(String text) implements LoginVerdict {}
    }
}
