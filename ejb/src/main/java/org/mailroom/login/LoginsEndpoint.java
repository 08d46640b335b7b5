package org.mailroom.login;

import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.MailException;
import org.mailroom.contract.login.Logins;

/** Where the wire asks who somebody is. Holds no transaction: hashing takes its time. */
@MessageDriven
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoginsEndpoint implements Logins {
    @Inject
    private LoginCheck check;

    @Override
    public LoginVerdict verify(Attempt attempt, String name, String password) {
        return check.verify(attempt.address().getAddress(), by(attempt), service(attempt), name, password);
    }

    @Override
    public ScramChallenge scram(ScramHash hash, String name) throws MailException {
        return check.scram(hash, name);
    }

    @Override
    public ScramVerdict prove(Attempt attempt, ScramHash hash, String name, byte[] authMessage, byte[] clientProof) {
        return check.prove(attempt.address().getAddress(), by(attempt), hash, name, authMessage, clientProof);
    }

    @Override
    public LoginVerdict token(Attempt attempt, String name, String token) {
        return check.token(attempt.address().getAddress(), by(attempt), name, token);
    }

    @Override
    public LoginVerdict certificate(Attempt attempt, String name, List<String> addresses) {
        return check.certificate(attempt.address().getAddress(), by(attempt), name, addresses);
    }

    @Override
    public LoginVerdict principal(Attempt attempt, String name, String principal) {
        return check.principal(attempt.address().getAddress(), by(attempt), name, principal);
    }

    private static String service(Attempt attempt) {
        return switch (attempt.protocol()) {
            case SMTP, SUBMISSION, LMTP -> "smtp";
            case POP3 -> "pop3";
            case IMAP -> "imap";
        };
    }

    private static String by(Attempt attempt) {
        return attempt.protocol().name().toLowerCase(Locale.ROOT) + " tls=" + attempt.tls() + " session="
                + attempt.session();
    }
}
