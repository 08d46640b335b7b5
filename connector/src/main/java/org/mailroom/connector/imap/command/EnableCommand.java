package org.mailroom.connector.imap.command;

import java.util.Set;
import java.util.TreeSet;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** ENABLE (RFC 5161): extensions that change what we send without being asked; what we do not know is passed over. */
public final class EnableCommand implements Command {
    private static final Set<String> KNOWN = Set.of("CONDSTORE");

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        var enabled = new TreeSet<String>();
        do {
            in.space();
            enabled.add(in.word("a capability"));
        } while (!in.atEnd());
        enabled.retainAll(KNOWN);
        if (enabled.contains("CONDSTORE")) {
            session.tellModseq();
        }
        session.untagged(("ENABLED " + String.join(" ", enabled)).strip());
        return Reply.ok("ENABLE completed");
    }
}
