package org.mailroom.connector.imap.parse;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.SearchKey;
import org.mailroom.contract.store.SearchKey.Order;
import org.mailroom.contract.store.UidSet;

/** What SEARCH looks for (RFC 9051 §6.4.4, RFC 3501 §6.4.4); sequence numbers, NEW, OLD and RECENT become UIDs on the way. */
public final class SearchGrammar {
    /** Parentheses, NOT and OR within each other: neither this parser nor the store behind it recurses deeper. */
    private static final int DEEPEST = 100;

    private static final int MOST_KEYS = 2000;
    private static final int MOST_WORDS = 20;

    private final Arguments in;
    private final Charset charset;
    private final MailboxView view;
    private final UidSet recent;
    private final @Nullable UidSet saved;
    private final boolean numbers;
    private int depth;
    private int keys;
    private int fuzzy;
    private boolean usesModseq;
    private boolean usesFuzzy;

    /**
     * @param view what numbers and stars mean
     * @param recent which messages are \Recent
     * @param saved what "$" stands for (RFC 5182); null where it stands for nothing
     * @param numbers whether message numbers count (RFC 9586)
     */
    public SearchGrammar(
            Arguments in, Charset charset, MailboxView view, UidSet recent, @Nullable UidSet saved, boolean numbers) {
        this.in = in;
        this.charset = charset;
        this.view = view;
        this.recent = recent;
        this.saved = saved;
        this.numbers = numbers;
    }

    /** All keys up to the end of the line, which must all match. */
    public SearchKey read() throws BadSyntax {
        var key = conjunction();
        in.end();
        return key;
    }

    /** Whether a key asked for mod-sequences. */
    public boolean usesModseq() {
        return usesModseq;
    }

    /** Whether a key was to be taken with a grain of salt (RFC 6203). */
    public boolean usesFuzzy() {
        return usesFuzzy;
    }

    private SearchKey conjunction() throws BadSyntax {
        var all = new ArrayList<SearchKey>();
        do {
            all.add(key());
        } while (in.take(' '));
        return all.size() == 1 ? all.getFirst() : new SearchKey.And(all);
    }

    private SearchKey key() throws BadSyntax {
        if (++depth > DEEPEST) {
            throw new BadSyntax("[LIMIT] Search keys are nested at most " + DEEPEST + " deep");
        }
        if (++keys > MOST_KEYS) {
            throw new BadSyntax("[LIMIT] A search has at most " + MOST_KEYS + " keys");
        }
        try {
            if (in.take('(')) {
                var key = conjunction();
                in.expect(')');
                return key;
            }
            if (in.take('$')) {
                return new SearchKey.Uids(saved());
            }
            return Arguments.isDigit(in.peek()) || in.peek() == '*'
                    ? new SearchKey.Uids(numbers())
                    : named(in.expected("a search key"), in.word("a search key"));
        } finally {
            depth--;
        }
    }

    private UidSet numbers() throws BadSyntax {
        if (!numbers) {
            throw new BadSyntax("[UIDREQUIRED] Message numbers mean nothing here");
        }
        return in.sequenceSet().numbersKnown(view);
    }

    private UidSet saved() throws BadSyntax {
        if (saved == null) {
            throw new BadSyntax(
                    "$ is of the selected mailbox, and only where that alone is searched (RFC 5182, RFC 7377)");
        }
        return saved;
    }

    private SearchKey named(BadSyntax wrong, String word) throws BadSyntax {
        return switch (word) {
            case "ALL" -> new SearchKey.All();
            case "ANSWERED" -> flag(Flags.ANSWERED, true);
            case "UNANSWERED" -> flag(Flags.ANSWERED, false);
            case "DELETED" -> flag(Flags.DELETED, true);
            case "UNDELETED" -> flag(Flags.DELETED, false);
            case "DRAFT" -> flag(Flags.DRAFT, true);
            case "UNDRAFT" -> flag(Flags.DRAFT, false);
            case "FLAGGED" -> flag(Flags.FLAGGED, true);
            case "UNFLAGGED" -> flag(Flags.FLAGGED, false);
            case "SEEN" -> flag(Flags.SEEN, true);
            case "UNSEEN" -> flag(Flags.SEEN, false);
            case "RECENT" -> new SearchKey.Uids(recent);
            case "OLD" -> new SearchKey.Not(new SearchKey.Uids(recent));
            case "NEW" -> new SearchKey.And(List.of(new SearchKey.Uids(recent), flag(Flags.SEEN, false)));
            case "KEYWORD" -> new SearchKey.Keyword(atom("a keyword"), true);
            case "UNKEYWORD" -> new SearchKey.Keyword(atom("a keyword"), false);
            case "BEFORE" -> new SearchKey.Internal(Order.BEFORE, day());
            case "ON" -> new SearchKey.Internal(Order.ON, day());
            case "SINCE" -> new SearchKey.Internal(Order.SINCE, day());
            case "SENTBEFORE" -> new SearchKey.Sent(Order.BEFORE, day());
            case "SENTON" -> new SearchKey.Sent(Order.ON, day());
            case "SENTSINCE" -> new SearchKey.Sent(Order.SINCE, day());
            // RFC 5032 §3.
            case "OLDER" -> new SearchKey.Arrived(true, ago());
            case "YOUNGER" -> new SearchKey.Arrived(false, ago());
            // RFC 8514 §4.3.
            case "SAVEDBEFORE" -> new SearchKey.Saved(Order.BEFORE, day());
            case "SAVEDON" -> new SearchKey.Saved(Order.ON, day());
            case "SAVEDSINCE" -> new SearchKey.Saved(Order.SINCE, day());
            case "SAVEDATESUPPORTED" -> new SearchKey.All();
            // RFC 8474 §6.
            case "EMAILID" -> objectId('M', SearchKey.Email::new);
            case "THREADID" -> objectId('T', SearchKey.Conversation::new);
            case "LARGER" -> new SearchKey.Size(true, size());
            case "SMALLER" -> new SearchKey.Size(false, size());
            case "BCC", "CC", "FROM", "SUBJECT", "TO" -> texts(value -> new SearchKey.Header(word, value));
            case "HEADER" -> {
                var name = text();
                yield texts(value -> new SearchKey.Header(name, value));
            }
            case "BODY" -> texts(SearchKey.Body::new);
            case "TEXT" -> texts(SearchKey.Text::new);
            case "MODSEQ" -> modseq();
            case "UID" -> {
                in.space();
                yield new SearchKey.Uids(
                        in.take('$') ? saved() : in.sequenceSet().uidsIn(view));
            }
            // RFC 9738 §3.2.
            case "UIDAFTER" -> new SearchKey.Uids(UidSet.ALL.above(uid()));
            case "UIDBEFORE" -> new SearchKey.Uids(UidSet.range(1, uid() - 1));
            case "FUZZY" -> {
                in.space();
                usesFuzzy = true;
                fuzzy++;
                var key = key();
                fuzzy--;
                yield key;
            }
            case "NOT" -> {
                in.space();
                yield new SearchKey.Not(key());
            }
            case "OR" -> {
                in.space();
                var left = key();
                in.space();
                yield new SearchKey.Or(left, key());
            }
            default -> throw wrong;
        };
    }

    private long uid() throws BadSyntax {
        in.space();
        return in.number("a UID");
    }

    private static SearchKey flag(long bit, boolean set) {
        return new SearchKey.SystemFlag(bit, set);
    }

    /** RFC 7162 §3.1.5: MODSEQ [entry-name SP entry-type] number; the entry makes no difference to us, as it may. */
    private SearchKey modseq() throws BadSyntax {
        usesModseq = true;
        in.space();
        if (in.peek() == '"') {
            in.string("a flag entry");
            in.space();
            in.atom("priv, shared or all");
            in.space();
        }
        return new SearchKey.Modseq(in.number64("a mod-sequence"));
    }

    private String atom(String what) throws BadSyntax {
        in.space();
        return in.atom(what);
    }

    private LocalDate day() throws BadSyntax {
        in.space();
        return ImapDate.day(in);
    }

    private Instant ago() throws BadSyntax {
        in.space();
        long seconds = in.number("a number of seconds");
        if (seconds == 0) {
            throw in.expected("a number of seconds above 0");
        }
        return Instant.now().minusSeconds(seconds);
    }

    private long size() throws BadSyntax {
        in.space();
        return in.number64("a number of octets");
    }

    /** In a fuzzy search (RFC 6203 §3) all words must be there, wherever they stand; otherwise the text as it is. */
    private SearchKey texts(Function<String, SearchKey> key) throws BadSyntax {
        var text = text();
        var words = fuzzy > 0 ? text.strip().split("\\s+") : new String[0];
        if (words.length < 2 || words.length > MOST_WORDS) {
            return key.apply(text);
        }
        return new SearchKey.And(Arrays.stream(words).map(key).toList());
    }

    private SearchKey objectId(char kind, LongFunction<SearchKey> key) throws BadSyntax {
        in.space();
        var id = ObjectId.read(in.astring("an object id"), kind);
        return id < 0 ? new SearchKey.Uids(UidSet.EMPTY) : key.apply(id);
    }

    private String text() throws BadSyntax {
        in.space();
        return Arguments.decode(in.astringOctets("a string"), charset);
    }

    /** A charset that we know (RFC 9051 §6.4.4), or null. */
    public static @Nullable Charset charset(String name) {
        try {
            return name.equalsIgnoreCase("US-ASCII") ? StandardCharsets.US_ASCII : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
