package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** COMPRESS DEFLATE (RFC 4978). */
public final class CompressCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.space();
        if (!in.takeWord("DEFLATE")) {
            throw in.expected("DEFLATE");
        }
        in.end();
        if (session.isCompressed()) {
            return Reply.no("[COMPRESSIONACTIVE] The connection is compressed already");
        }
        session.connection().write(session.tag() + " OK From now on everything is compressed\r\n");
        session.compress();
        return new Reply.Told();
    }
}
