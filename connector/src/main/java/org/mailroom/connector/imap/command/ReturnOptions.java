package org.mailroom.connector.imap.command;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.PartialRange;
import org.mailroom.connector.imap.parse.SearchGrammar;

/**
 * What RETURN (…) asks of SEARCH and its kin (RFC 4731 §3.1, RFC 5182 §2.1, RFC 9394 §3.1).
 *
 * @param partial which results PARTIAL means, or null
 */
record ReturnOptions(Set<Option> options, @Nullable PartialRange partial) {
    static final ReturnOptions ONLY_ALL = new ReturnOptions(EnumSet.of(Option.ALL), null);

    enum Option {
        MIN,
        MAX,
        COUNT,
        ALL,
        PARTIAL,
        RELEVANCY,
        SAVE
    }

    private static final String EXPECTED = "MIN, MAX, COUNT, ALL, PARTIAL, RELEVANCY or SAVE";

    /** Null where the client says nothing of it. */
    static @Nullable ReturnOptions read(Arguments in) throws BadSyntax {
        if (!in.takeWord("RETURN")) {
            return null;
        }
        in.space();
        in.expect('(');
        var options = EnumSet.noneOf(Option.class);
        PartialRange partial = null;
        while (!in.take(')')) {
            if (!options.isEmpty()) {
                in.space();
            }
            var option = option(in);
            if (option == Option.PARTIAL) {
                in.space();
                partial = PartialRange.read(in);
            }
            options.add(option);
        }
        in.space();
        if (options.contains(Option.PARTIAL) && options.contains(Option.ALL)) {
            throw new BadSyntax("PARTIAL and ALL exclude each other");
        }
        return options.isEmpty() ? ONLY_ALL : new ReturnOptions(options, partial);
    }

    private static Option option(Arguments in) throws BadSyntax {
        var wrong = in.expected(EXPECTED);
        try {
            return Option.valueOf(in.word(EXPECTED));
        } catch (IllegalArgumentException e) {
            throw wrong;
        }
    }

    boolean asks(Option option) {
        return options.contains(option);
    }

    /** RFC 6203 §4: only a fuzzy search has something to weigh. */
    void check(SearchGrammar grammar) throws BadSyntax {
        if (asks(Option.RELEVANCY) && !grammar.usesFuzzy()) {
            throw new BadSyntax("RELEVANCY needs a FUZZY search key");
        }
    }

    /** RFC 5182 §2.1: whoever only saves hears nothing but the OK. */
    boolean tells() {
        return options.size() > 1 || !asks(Option.SAVE);
    }

    /** Whether one who asks hears of every message found, if only of their number. */
    private boolean concernsAll() {
        return asks(Option.ALL) || asks(Option.COUNT);
    }

    /** Those of the messages found of which the client hears (RFC 4731 §3.2), or that "$" will mean (RFC 9394 §3.2). */
    long[] concerned(long[] found) {
        boolean some = asks(Option.MIN) || asks(Option.MAX) || partial != null;
        if (found.length == 0 || concernsAll() || !some) {
            return found;
        }
        var all = new java.util.TreeSet<Long>();
        if (asks(Option.MIN)) {
            all.add(found[0]);
        }
        if (asks(Option.MAX)) {
            all.add(found[found.length - 1]);
        }
        if (partial != null) {
            for (int i = partial.from(found.length); i < partial.to(found.length); i++) {
                all.add(found[i]);
            }
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }
}
