package org.mailroom.connector.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.Frame;
import org.mailroom.connector.imap.session.ImapSession;

/** AUTHENTICATE PLAIN (RFC 9051 §6.2.2, RFC 4616), the response at once (RFC 4959) or when asked for. */
public final class AuthenticateCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.space();
        var mechanism = in.word("a SASL mechanism");
        var initial = in.take(' ') ? in.base64("the initial response in base64") : null;
        in.end();
        if (!mechanism.equals("PLAIN")) {
            return Reply.no("[CANNOT] PLAIN is the mechanism that can be had");
        }
        if (!session.connection().passwordAllowed()) {
            // Before the password is sent, where it was not yet.
            return Reply.no(PasswordLogin.PRIVACY);
        }
        if (initial != null) {
            return plain(session, initial);
        }
        session.connection().write("+ \r\n");
        session.connection().flush();
        return new Reply.Expects(line -> response(session, line));
    }

    private static Reply response(ImapSession session, Frame line) throws BadSyntax {
        var in = new Arguments(line);
        if (in.take('*')) {
            in.end();
            return Reply.bad("AUTHENTICATE cancelled");
        }
        var response = in.base64("the response in base64");
        in.end();
        return plain(session, response);
    }

    private static Reply plain(ImapSession session, String base64) throws BadSyntax {
        // [authzid] NUL authcid NUL passwd; "=" stands for an empty response, which is none of PLAIN's.
        var parts = decode(base64).split("\0", -1);
        if (parts.length != 3) {
            throw new BadSyntax("A PLAIN response is: NUL name NUL password, in base64");
        }
        if (!parts[0].isEmpty() && !parts[0].equalsIgnoreCase(parts[1])) {
            return Reply.no("[AUTHORIZATIONFAILED] Nobody acts for another here");
        }
        return PasswordLogin.of(session, parts[1], parts[2]);
    }

    private static String decode(String base64) throws BadSyntax {
        try {
            var octets = Base64.getDecoder().decode(base64.equals("=") ? "" : base64);
            return Arguments.decode(octets, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadSyntax("That is not base64");
        }
    }
}
