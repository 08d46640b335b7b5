package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;

/** LANGUAGE (RFC 5255 §3): what is said to people is said in English, which is all there is so far. */
public final class LanguageCommand implements Command {
    private static final List<String> SPOKEN = List.of("EN", "i-default");
    private static final int MOST = 100;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        var ranges = new ArrayList<String>();
        while (in.take(' ') && ranges.size() < MOST) {
            ranges.add(in.astring("a language range"));
        }
        in.end();
        if (ranges.isEmpty()) {
            session.untagged("LANGUAGE (" + String.join(" ", SPOKEN) + ")");
            return Reply.ok("These languages are spoken here");
        }
        for (var range : ranges) {
            var spoken = spoken(range);
            if (spoken.isPresent()) {
                session.untagged("LANGUAGE (" + spoken.get() + ")");
                return Reply.ok("Now speaking English");
            }
        }
        return Reply.no("None of these languages is spoken here");
    }

    /** RFC 4647 §3.4: a range is shortened from its end until it fits. */
    private static Optional<String> spoken(String range) {
        var words = range.toLowerCase(Locale.ROOT);
        if (words.equals("default") || words.equals("*")) {
            return Optional.of(SPOKEN.getFirst());
        }
        return SPOKEN.stream()
                .filter(tag -> words.equalsIgnoreCase(tag) || words.startsWith(tag.toLowerCase(Locale.ROOT) + "-"))
                .findFirst();
    }
}
