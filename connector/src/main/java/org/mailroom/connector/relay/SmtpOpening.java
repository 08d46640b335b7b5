package org.mailroom.connector.relay;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsDemand.Level;
import org.mailroom.contract.relay.TlsTrouble;

/** From nothing to a session that is ready for MAIL: TCP, greeting, EHLO, TLS as the target wants it, and a login. */
record SmtpOpening(RelayTarget target, RelayTimeouts timeouts, RelayTls tls) {
    SmtpSession open() throws RelayException {
        if (target.tls().level() == Level.NEVER) {
            return greeted(false);
        }
        try {
            return greeted(true);
        } catch (RelayException e) {
            if (target.tls().isRequired() || e.tls().isEmpty()) {
                throw e;
            }
            // RFC 7435 §3: better in the clear than not at all. The half-made TLS is of no use, so from the start.
            var session = greeted(false);
            session.unsecured(e.outcome().text());
            return session;
        }
    }

    private SmtpSession greeted(boolean secure) throws RelayException {
        var session = connected();
        boolean ready = false;
        try {
            if (target.tls().implicit()) {
                handshake(session);
            }
            expectWelcome(session, session.greeting());
            expectWelcome(session, session.hello());
            if (secure && !target.tls().implicit()) {
                secure(session);
            }
            if (target.login() != null) {
                new LoginExchange(session, target.login()).run();
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
            session.unsecured(SafeText.of("STARTTLS refused: " + reply.text()));
            return;
        }
        handshake(session);
        try {
            // RFC 3207 §4.2: what was offered before is forgotten. With TLS 1.3 a remote's refusal only shows here.
            expectWelcome(session, session.hello());
        } catch (RelayException refused) {
            throw refused;
        } catch (IOException e) {
            throw new RelayException(session.trouble(e), TlsTrouble.HANDSHAKE);
        }
    }

    private void handshake(SmtpSession session) throws RelayException {
        try {
            session.secure(tls);
        } catch (IOException e) {
            throw new RelayException(session.trouble(e), troubleOf(e));
        }
    }

    private static TlsTrouble troubleOf(IOException e) {
        if (e instanceof RefusedCertificateException refused) {
            return refused.why();
        }
        var trouble = TlsTrouble.HANDSHAKE;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return TlsTrouble.EXPIRED;
            }
            if (cause instanceof CertificateException) {
                trouble = TlsTrouble.NOT_TRUSTED;
            }
        }
        return trouble;
    }

    private void requireNot(String text) throws RelayException {
        if (target.tls().isRequired()) {
            // RFC 3463 §3.8: X.7.4 security features not supported.
            throw new RelayException(
                    new Outcome(Outcome.Kind.DEFERRED, 0, "4.7.4", SafeText.of(target.where() + " " + text)),
                    TlsTrouble.NOT_OFFERED);
        }
    }

    private static void expectWelcome(SmtpSession session, Reply reply) throws RelayException {
        if (!reply.isPositive()) {
            session.quit();
            throw new RelayException(reply.outcome());
        }
    }
}
