package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.Frame;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.sasl.Exchange;
import org.mailroom.connector.sasl.Sasl;
import org.mailroom.connector.sasl.Step;
import org.mailroom.contract.MailException;

/** AUTHENTICATE (RFC 9051 §6.2.2), the first response at once (RFC 4959) or when asked for. */
public final class AuthenticateCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var mechanism = in.word("a SASL mechanism");
        var initial = in.take(' ') ? in.base64("the initial response in base64") : null;
        in.end();
        if (!session.connection().passwordAllowed()) {
            // Before the password is sent, where it was not yet.
            return Reply.no(PasswordLogin.PRIVACY);
        }
        var allowed = session.services().settings().mechanisms();
        var exchange = Sasl.exchange(session.connection(), session.services().logins(), allowed, mechanism);
        if (exchange.isEmpty()) {
            var known = String.join(" ", Sasl.mechanisms(session.connection(), allowed));
            return Reply.no("[CANNOT] The mechanisms that can be had: " + known);
        }
        return answer(session, exchange.get(), exchange.get().begin(initial));
    }

    private static Reply answer(ImapSession session, Exchange exchange, Step step) {
        return switch (step) {
            case Step.Challenge(var base64) -> {
                session.connection().write("+ " + base64 + "\r\n");
                session.connection().flush();
                yield new Reply.Expects(line -> answer(session, exchange, exchange.next(response(line))));
            }
            case Step.Judged(var verdict) -> PasswordLogin.after(session, verdict);
            case Step.Cancelled() -> Reply.bad("AUTHENTICATE cancelled");
            case Step.Malformed() -> Reply.bad("That is no response of this mechanism");
        };
    }

    private static String response(Frame line) throws BadSyntax {
        var in = new Arguments(line);
        if (in.take('*')) {
            in.end();
            return "*";
        }
        if (in.atEnd()) {
            return "";
        }
        var response = in.base64("the response in base64");
        in.end();
        return response;
    }
}
