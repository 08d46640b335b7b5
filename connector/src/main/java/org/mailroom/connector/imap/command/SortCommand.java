package org.mailroom.connector.imap.command;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.command.ReturnOptions.Option;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SearchGrammar;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.SortKey;
import org.mailroom.contract.store.UidSet;

/** SORT (RFC 5256 §3), by display names too (RFC 5957), its result also in the form of RFC 5267 §3. */
public record SortCommand(Messages messages) implements Command {
    private static final int MOST_KEYS = 20;
    private static final String EXPECTED = "ARRIVAL, CC, DATE, DISPLAYFROM, DISPLAYTO, FROM, SIZE, SUBJECT or TO";

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        messages.check(session);
        in.space();
        var asked = ReturnOptions.read(in);
        var order = order(in);
        in.space();
        var charset = charset(session, in);
        if (charset == null) {
            return Reply.no(SearchCommand.BADCHARSET);
        }
        in.space();
        var selected = session.selected();
        var grammar = Search.grammar(session, in, charset);
        var search = new Search(session, selected.mailbox());
        var found = search.find(grammar.read());
        if (order.relevancy && !grammar.usesFuzzy()) {
            throw new BadSyntax("RELEVANCY needs a FUZZY search key");
        }
        var known = selected.view().known(found);
        var sorted = order.keys.isEmpty()
                ? known.stream().toArray()
                : session.store().sort(session.actor(), selected.mailbox(), known, order.keys);
        tell(session, asked, grammar, search, sorted);
        return Reply.ok(messages.named("SORT") + " completed");
    }

    private void tell(
            ImapSession session, @Nullable ReturnOptions asked, SearchGrammar grammar, Search search, long[] sorted)
            throws BadSyntax {
        var selected = session.selected();
        var options = asked == null ? ReturnOptions.ONLY_ALL : asked;
        options.check(grammar);
        long modseq = search.highestModseq(grammar, options.concerned(sorted));
        var result = new SearchResult(messages, messages.of(selected.view(), sorted), modseq);
        if (asked == null) {
            result.tellAll(session, "SORT");
        } else {
            result.tell(session, asked);
        }
        if (options.asks(Option.SAVE)) {
            selected.save(UidSet.of(options.concerned(sorted)));
        }
    }

    private record Order(List<SortKey> keys, boolean relevancy) {}

    private static Order order(Arguments in) throws BadSyntax {
        var keys = new ArrayList<SortKey>();
        boolean relevancy = false;
        in.expect('(');
        do {
            boolean reverse = in.takeWord("REVERSE");
            if (reverse) {
                in.space();
            }
            if (in.takeWord("RELEVANCY")) {
                // RFC 6203 §4: all that is found is equally relevant.
                relevancy = true;
            } else {
                keys.add(new SortKey(by(in), reverse));
            }
        } while (in.take(' ') && keys.size() < MOST_KEYS);
        in.expect(')');
        return new Order(keys, relevancy);
    }

    private static SortKey.By by(Arguments in) throws BadSyntax {
        var wrong = in.expected(EXPECTED);
        try {
            return SortKey.By.valueOf(in.word(EXPECTED));
        } catch (IllegalArgumentException e) {
            throw wrong;
        }
    }

    /** Null where it is unknown. */
    static @Nullable Charset charset(ImapSession session, Arguments in) throws BadSyntax {
        var name = in.astring("a charset");
        if (session.has(Feature.UTF8_ACCEPT) && !name.equalsIgnoreCase("UTF-8")) {
            throw new BadSyntax("After ENABLE UTF8=ACCEPT all strings are UTF-8 (RFC 9755 §3)");
        }
        return SearchGrammar.charset(name);
    }
}
