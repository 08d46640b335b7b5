package org.mailroom.connector.relay;

import java.io.IOException;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTarget.Tls;

/** From nothing to a session that is ready for MAIL: TCP, greeting, EHLO, and TLS as the target wants it. */
record SmtpOpening(RelayTarget target, RelayTimeouts timeouts, RelayTls tls) {
    SmtpSession open() throws RelayException {
        if (target.tls() == Tls.NEVER) {
            return greeted(false);
        }
        try {
            return greeted(true);
        } catch (HandshakeException e) {
            if (target.tls() == Tls.VERIFIED) {
                throw new RelayException(e.outcome());
            }
            // RFC 7435 §3: better in the clear than not at all. The half-made TLS is of no use, so from the start.
            return greeted(false);
        }
    }

    private SmtpSession greeted(boolean secure) throws RelayException {
        var session = connected();
        boolean ready = false;
        try {
            expectWelcome(session, session.greeting());
            expectWelcome(session, session.hello());
            if (secure) {
                secure(session);
            }
            ready = true;
            return session;
        } catch (IOException e) {
            throw e instanceof RelayException refused ? refused : new RelayException(session.trouble(e));
        } finally {
            if (!ready) {
                session.abandon();
            }
        }
    }

    private SmtpSession connected() throws RelayException {
        try {
            return new SmtpSession(target, timeouts);
        } catch (IOException e) {
            throw new RelayException(SmtpSession.trouble(target, "", e));
        } catch (IllegalArgumentException e) {
            throw new RelayException(new Outcome(
                    Outcome.Kind.DEFERRED, 0, "4.4.4", SafeText.of("Not an IP address: " + target.address())));
        }
    }

    private void secure(SmtpSession session) throws IOException {
        if (!session.offers("STARTTLS")) {
            requireNot("offers no STARTTLS");
            return;
        }
        var reply = session.ask("STARTTLS", timeouts.command());
        if (reply.code() == Reply.CLOSING) {
            throw new RelayException(reply.outcome());
        }
        if (!reply.isPositive()) {
            requireNot("refuses STARTTLS: " + reply.text());
            return;
        }
        try {
            session.secure(tls);
            // RFC 3207 §4.2: what was offered before is forgotten. With TLS 1.3 a remote's refusal only shows here.
            expectWelcome(session, session.hello());
        } catch (RelayException refused) {
            throw refused;
        } catch (IOException e) {
            throw new HandshakeException(session.trouble(e));
        }
    }

    private void requireNot(String text) throws RelayException {
        if (target.tls() == Tls.VERIFIED) {
            // RFC 3463 §3.8: X.7.4 security features not supported.
            throw new RelayException(
                    new Outcome(Outcome.Kind.DEFERRED, 0, "4.7.4", SafeText.of(target.host() + " " + text)));
        }
    }

    private static void expectWelcome(SmtpSession session, Reply reply) throws RelayException {
        if (!reply.isPositive()) {
            session.quit();
            throw new RelayException(reply.outcome());
        }
    }

    /** TLS did not come about. */
    private static final class HandshakeException extends RelayException {
        private static final long serialVersionUID = 1L;

        HandshakeException(Outcome outcome) {
            super(outcome);
        }
    }
}
