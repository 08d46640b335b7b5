package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.imap.session.Language;

/** LANGUAGE (RFC 5255 §3). */
public final class LanguageCommand implements Command {
    private static final int MOST = 100;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        var ranges = new ArrayList<String>();
        while (in.take(' ') && ranges.size() < MOST) {
            ranges.add(in.astring("a language range"));
        }
        in.end();
        if (ranges.isEmpty()) {
            session.untagged("LANGUAGE (" + String.join(" ", Language.tags()) + ")");
            return Reply.ok("These languages are spoken here");
        }
        for (var range : ranges) {
            var spoken = Language.matching(range);
            if (spoken.isPresent()) {
                session.speak(spoken.get());
                session.untagged("LANGUAGE (" + spoken.get().tag() + ")");
                return Reply.ok(spoken.get().chosen());
            }
        }
        return Reply.no("None of these languages is spoken here");
    }
}
