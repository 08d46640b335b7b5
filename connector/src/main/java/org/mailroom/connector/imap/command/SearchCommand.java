package org.mailroom.connector.imap.command;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SearchGrammar;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.UidSet;

/** SEARCH (RFC 9051 §6.4.4), its result in the old form or in that of RFC 4731. */
public record SearchCommand(Messages messages) implements Command {
    /** What RETURN asks for. */
    private enum Result {
        MIN,
        MAX,
        COUNT,
        ALL
    }

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var results = results(in);
        var charset = charset(in);
        if (charset == null) {
            return Reply.no("[BADCHARSET (US-ASCII UTF-8)] That charset is not known here");
        }
        var selected = session.selected();
        var grammar = new SearchGrammar(in, charset, selected.view(), selected.firstRecent());
        var key = grammar.read();
        // Of messages that the client was not told yet it hears later.
        var uids = Messages.BY_UID.of(selected.view(), find(session, key));
        var modseq = grammar.usesModseq() && !uids.isEmpty() ? highestModseq(session, told(results, uids)) : 0;
        var found = messages.of(selected.view(), uids);
        if (results == null) {
            tellAll(session, found, modseq);
        } else {
            tell(session, results, found, modseq);
        }
        return Reply.ok(messages.named("SEARCH") + " completed");
    }

    /** Null where the old response is wanted. */
    private static @Nullable Set<Result> results(Arguments in) throws BadSyntax {
        if (!in.takeWord("RETURN")) {
            return null;
        }
        in.space();
        in.expect('(');
        var results = EnumSet.noneOf(Result.class);
        while (!in.take(')')) {
            if (!results.isEmpty()) {
                in.space();
            }
            var wrong = in.expected("MIN, MAX, COUNT or ALL");
            try {
                results.add(Result.valueOf(in.word("MIN, MAX, COUNT or ALL")));
            } catch (IllegalArgumentException e) {
                throw wrong;
            }
        }
        in.space();
        return results.isEmpty() ? EnumSet.of(Result.ALL) : results;
    }

    /** Null where it is unknown. */
    private static @Nullable Charset charset(Arguments in) throws BadSyntax {
        if (!in.takeWord("CHARSET")) {
            return StandardCharsets.UTF_8;
        }
        in.space();
        var name = in.astring("a charset");
        in.space();
        return SearchGrammar.charset(name);
    }

    private static UidSet find(ImapSession session, SearchKey key) throws MailException {
        var mailbox = session.selected().mailbox();
        var search = new ViewSearch(session.store().view(mailbox));
        var found = search.find(key);
        return found != null ? found : session.store().search(session.actor(), mailbox, search.narrowed(key));
    }

    /** RFC 4731 §3.2: who asks for the first or the last only hears of no other's mod-sequence. */
    private static UidSet told(@Nullable Set<Result> results, UidSet uids) {
        if (results == null || results.contains(Result.ALL) || results.contains(Result.COUNT)) {
            return uids;
        }
        return UidSet.of(
                results.contains(Result.MIN) ? uids.first() : uids.last(),
                results.contains(Result.MAX) ? uids.last() : uids.first());
    }

    /** RFC 7162 §3.1.5: whoever searches for mod-sequences hears the highest of what was found. */
    private static long highestModseq(ImapSession session, UidSet uids) {
        session.tellModseq();
        var view = session.selected().view();
        return uids.stream()
                .map(uid -> view.entry(view.sequence(uid)).modseq())
                .max()
                .orElse(0);
    }

    private static void tellAll(ImapSession session, UidSet found, long modseq) {
        var text = new StringBuilder("* SEARCH");
        for (var numbers = found.iterator(); numbers.hasNext(); ) {
            text.append(' ').append(numbers.nextLong());
            if (text.length() > 4000) {
                session.connection().write(text.toString());
                text.setLength(0);
            }
        }
        text.append(modseq > 0 ? " (MODSEQ " + modseq + ")" : "");
        session.connection().write(text.append("\r\n").toString());
    }

    private void tell(ImapSession session, Set<Result> results, UidSet found, long modseq) {
        var text = new StringBuilder("ESEARCH (TAG \"").append(session.tag()).append("\")");
        text.append(messages == Messages.BY_UID ? " UID" : "");
        for (var result : results) {
            // RFC 4731 §3.1: without a match only COUNT is told.
            if (result == Result.COUNT) {
                text.append(" COUNT ").append(found.size());
            } else if (!found.isEmpty()) {
                text.append(' ').append(result).append(' ').append(value(result, found));
            }
        }
        session.untagged(text.append(modseq > 0 ? " MODSEQ " + modseq : "").toString());
    }

    private static Object value(Result result, UidSet found) {
        return switch (result) {
            case MIN -> found.first();
            case MAX -> found.last();
            case COUNT -> found.size();
            case ALL -> found;
        };
    }
}
