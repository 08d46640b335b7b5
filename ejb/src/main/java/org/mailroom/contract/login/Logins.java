package org.mailroom.contract.login;

import java.net.InetSocketAddress;
import java.util.List;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;

/** Judges proofs of identity, the same for all protocols. Holds no transaction: hashing and directories take their time. */
public interface Logins {
    /** A login with a name and a password (LOGIN, PLAIN, USER and PASS). */
    LoginVerdict verify(Attempt attempt, String name, String password);

    /** RFC 7677, and RFC 5802 for old clients. */
    enum ScramHash {
        SHA_256,
        SHA_1
    }

    /**
     * What a client of SCRAM needs for its proof (RFC 5802 §5.1); for a name that nobody has it is made up, and the same each
     * time. Refused for all names of a domain whose passwords are kept elsewhere: there are no keys for them.
     */
    ScramChallenge scram(ScramHash hash, String name) throws MailException;

    @SuppressWarnings("ArrayRecordComponent") // sent and forgotten
    record ScramChallenge(byte[] salt, int iterations) {}

    /**
     * Judges the proof.
     *
     * @param authMessage RFC 5802 §3
     * @param clientProof likewise
     */
    ScramVerdict prove(Attempt attempt, ScramHash hash, String name, byte[] authMessage, byte[] clientProof)
            throws MailException;

    /** @param serverSignature with which we prove ourselves; empty unless the verdict is a yes */
    @SuppressWarnings("ArrayRecordComponent") // sent and forgotten
    record ScramVerdict(LoginVerdict verdict, byte[] serverSignature) {}

    /**
     * A login with a token of an issuer that the settings name (RFC 7628).
     *
     * @param name that the client says it is; empty where it leaves that to the token
     */
    LoginVerdict token(Attempt attempt, String name, String token);

    /**
     * A login with a certificate that TLS has checked (EXTERNAL, RFC 4422 appendix A).
     *
     * @param name as above
     * @param addresses that the certificate names
     */
    LoginVerdict certificate(Attempt attempt, String name, List<String> addresses);

    /**
     * A login with a ticket that was for us (GSSAPI, RFC 4752).
     *
     * @param name as above
     * @param principal with its realm: {@code alice@CORP.EXAMPLE}
     */
    LoginVerdict principal(Attempt attempt, String name, String principal);

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
