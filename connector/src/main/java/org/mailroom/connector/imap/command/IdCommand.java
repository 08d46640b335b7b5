package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** ID (RFC 2971): who we are, without a version that would tell an attacker what to try. */
public final class IdCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.space();
        if (!in.takeWord("NIL")) {
            in.expect('(');
            boolean first = true;
            while (!in.take(')')) {
                if (!first) {
                    in.space();
                }
                first = false;
                in.string("a field name");
                in.space();
                in.nstring("a field value or NIL");
            }
        }
        in.end();
        session.untagged("ID (\"name\" \"Mailroom\")");
        return Reply.ok("ID completed");
    }
}
