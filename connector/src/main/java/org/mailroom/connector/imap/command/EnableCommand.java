package org.mailroom.connector.imap.command;

import java.util.EnumSet;
import java.util.stream.Collectors;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;

/** ENABLE (RFC 9051 §6.3.1): extensions that change what we send without being asked; what we do not know is passed over. */
public final class EnableCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        var asked = EnumSet.noneOf(Feature.class);
        do {
            in.space();
            Feature.named(in.atom("a capability")).ifPresent(asked::add);
        } while (!in.atEnd());
        asked.forEach(session::enable);
        var words = asked.stream().map(f -> " " + f.word()).collect(Collectors.joining());
        session.untagged("ENABLED" + words);
        return Reply.ok("ENABLE completed");
    }
}
