package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.MailboxPattern;

/**
 * The arguments of LIST (RFC 9051 §6.3.9, RFC 5258, RFC 5819, RFC 6154, RFC 8440).
 *
 * @param select which mailboxes
 * @param patterns any of which may match; empty where the client asks for the delimiter only
 * @param returned what to tell of them
 * @param status what STATUS to tell of them, or null
 */
record ListOptions(
        Set<Option> select,
        List<MailboxPattern> patterns,
        Set<Option> returned,
        @Nullable StatusItems status) {
    private static final int MOST_PATTERNS = 100;

    enum Option {
        SUBSCRIBED("SUBSCRIBED"),
        REMOTE("REMOTE"),
        RECURSIVEMATCH("RECURSIVEMATCH"),
        SPECIAL_USE("SPECIAL-USE"),
        CHILDREN("CHILDREN"),
        STATUS("STATUS"),
        MYRIGHTS("MYRIGHTS");

        static final Set<Option> SELECT = EnumSet.of(SUBSCRIBED, REMOTE, RECURSIVEMATCH, SPECIAL_USE);
        static final Set<Option> RETURN = EnumSet.of(SUBSCRIBED, CHILDREN, SPECIAL_USE, STATUS, MYRIGHTS);

        private final String word;

        Option(String word) {
            this.word = word;
        }

        static Option read(Arguments in, Set<Option> allowed) throws BadSyntax {
            var wrong =
                    in.expected("one of " + allowed.stream().map(o -> o.word).toList());
            var word = in.word("an option of LIST");
            return allowed.stream().filter(o -> o.word.equals(word)).findFirst().orElseThrow(() -> wrong);
        }
    }

    static ListOptions read(Arguments in) throws BadSyntax {
        in.space();
        var select = EnumSet.noneOf(Option.class);
        boolean extended = in.peek() == '(';
        if (in.take('(')) {
            while (!in.take(')')) {
                if (!select.isEmpty()) {
                    in.space();
                }
                select.add(Option.read(in, Option.SELECT));
            }
            in.space();
        }
        if (select.contains(Option.RECURSIVEMATCH) && !select.contains(Option.SUBSCRIBED)) {
            throw new BadSyntax("RECURSIVEMATCH needs SUBSCRIBED");
        }
        var reference = in.astring("a reference");
        in.space();
        extended |= in.peek() == '(';
        var texts = patterns(in);
        var returned = EnumSet.noneOf(Option.class);
        StatusItems status = null;
        if (in.take(' ')) {
            extended = true;
            status = returned(in, returned);
        }
        in.end();
        var patterns = new ArrayList<MailboxPattern>();
        // RFC 5258 §3: an extended LIST never asks for the delimiter.
        if (extended || !texts.getFirst().isEmpty()) {
            for (var text : texts) {
                patterns.add(MailboxPattern.of(reference, text, in.utf8Names()));
            }
        }
        return new ListOptions(select, patterns, returned, status);
    }

    private static List<String> patterns(Arguments in) throws BadSyntax {
        if (!in.take('(')) {
            return List.of(in.listMailbox());
        }
        var patterns = new ArrayList<String>();
        do {
            patterns.add(in.listMailbox());
        } while (in.take(' '));
        in.expect(')');
        if (patterns.size() > MOST_PATTERNS) {
            throw new BadSyntax("At most " + MOST_PATTERNS + " patterns can be asked for");
        }
        return patterns;
    }

    private static @Nullable StatusItems returned(Arguments in, Set<Option> returned) throws BadSyntax {
        if (!in.takeWord("RETURN")) {
            throw in.expected("RETURN");
        }
        in.space();
        in.expect('(');
        StatusItems status = null;
        while (!in.take(')')) {
            if (!returned.isEmpty()) {
                in.space();
            }
            var option = Option.read(in, Option.RETURN);
            returned.add(option);
            if (option == Option.STATUS) {
                in.space();
                status = StatusItems.read(in);
            }
        }
        return status;
    }

    boolean selects(Option option) {
        return select.contains(option);
    }

    boolean matches(String name) {
        return patterns.stream().anyMatch(p -> p.matches(name));
    }
}
