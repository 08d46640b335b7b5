package org.mailroom.connector.imap.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that FETCH asks of a message (RFC 9051 §6.4.5, RFC 3501 §6.4.5). */
public sealed interface FetchItem {
    /** What needs no argument. */
    enum Simple implements FetchItem {
        FLAGS,
        UID,
        INTERNALDATE,
        SAVEDATE,
        EMAILID,
        THREADID,
        PREVIEW,
        RFC822_SIZE,
        ENVELOPE,
        /** BODYSTRUCTURE without its extension data. */
        BODY,
        BODYSTRUCTURE,
        MODSEQ
    }

    /**
     * Octets of the message.
     *
     * @param name as the response names it
     * @param peek leaves \Seen alone
     */
    record Octets(
            String name,
            Section section,
            boolean peek,
            @Nullable Partial partial) implements FetchItem {}

    /**
     * Octets of a part without its transfer encoding (RFC 3516 §4.2).
     *
     * @param sizeOnly BINARY.SIZE: how many there are
     */
    record Binary(
            String name,
            Section section,
            boolean peek,
            boolean sizeOnly,
            @Nullable Partial partial) implements FetchItem {}

    /** {@code <first.count>} */
    record Partial(long first, long count) {}

    /** What the macros stand for, and the items themselves; each once, in the order in which they were asked for. */
    static List<FetchItem> read(Arguments in) throws BadSyntax {
        return in.take('(') ? list(in) : macroOrItem(in);
    }

    /** Behind the parenthesis that opens a list, and with the one that closes it. */
    static List<FetchItem> list(Arguments in) throws BadSyntax {
        var items = new LinkedHashSet<FetchItem>();
        do {
            items.add(item(in, in.expected(ITEM), in.item(ITEM)));
            if (items.size() > MOST) {
                throw new BadSyntax("At most " + MOST + " items can be fetched at once");
            }
        } while (in.take(' '));
        in.expect(')');
        return List.copyOf(items);
    }

    int MOST = 200;

    String ITEM = "a FETCH item";

    private static List<FetchItem> macroOrItem(Arguments in) throws BadSyntax {
        var items = new ArrayList<FetchItem>(List.of(Simple.FLAGS, Simple.INTERNALDATE, Simple.RFC822_SIZE));
        var wrong = in.expected(ITEM + ", ALL, FAST or FULL");
        var word = in.item(ITEM + ", ALL, FAST or FULL");
        return switch (word) {
            case "FAST" -> List.copyOf(items);
            case "ALL" -> {
                items.add(Simple.ENVELOPE);
                yield List.copyOf(items);
            }
            case "FULL" -> {
                items.add(Simple.ENVELOPE);
                items.add(Simple.BODY);
                yield List.copyOf(items);
            }
            default -> List.of(item(in, wrong, word));
        };
    }

    private static FetchItem item(Arguments in, BadSyntax wrong, String word) throws BadSyntax {
        return switch (word) {
            case "FLAGS" -> Simple.FLAGS;
            case "UID" -> Simple.UID;
            case "INTERNALDATE" -> Simple.INTERNALDATE;
            case "RFC822.SIZE" -> Simple.RFC822_SIZE;
            case "ENVELOPE" -> Simple.ENVELOPE;
            case "BODYSTRUCTURE" -> Simple.BODYSTRUCTURE;
            case "MODSEQ" -> Simple.MODSEQ;
            case "SAVEDATE" -> Simple.SAVEDATE;
            case "EMAILID" -> Simple.EMAILID;
            case "THREADID" -> Simple.THREADID;
            case "PREVIEW" -> preview(in);
            // RFC 3501 §6.4.5: these three are BODY[], BODY.PEEK[HEADER] and BODY[TEXT] by another name.
            case "RFC822" -> new Octets(word, Section.ALL, false, null);
            case "RFC822.HEADER" -> new Octets(word, Section.HEADER, true, null);
            case "RFC822.TEXT" -> new Octets(word, Section.TEXT, false, null);
            case "BODY" -> in.take('[') ? octets(in, false) : Simple.BODY;
            case "BODY.PEEK" -> {
                in.expect('[');
                yield octets(in, true);
            }
            case "BINARY", "BINARY.PEEK", "BINARY.SIZE" -> {
                in.expect('[');
                yield binary(in, word);
            }
            default -> throw wrong;
        };
    }

    /** RFC 8970 §3.2: who asks for it LAZY gets it all the same, because it is at hand. */
    private static Simple preview(Arguments in) {
        in.takeText(" (LAZY)");
        return Simple.PREVIEW;
    }

    private static Binary binary(Arguments in, String word) throws BadSyntax {
        var section = Section.read(in);
        if (section.kind() != Section.Kind.CONTENT) {
            throw new BadSyntax("BINARY takes part numbers only");
        }
        boolean sizeOnly = word.equals("BINARY.SIZE");
        var name = (sizeOnly ? word : "BINARY") + "[" + section + "]";
        var partial = sizeOnly ? null : partial(in);
        return new Binary(
                partial == null ? name : name + "<" + partial.first() + ">",
                section,
                !word.equals("BINARY"),
                sizeOnly,
                partial);
    }

    private static Octets octets(Arguments in, boolean peek) throws BadSyntax {
        var section = Section.read(in);
        var name = "BODY[" + section + "]";
        var partial = partial(in);
        // RFC 9051 §7.5.2: the response tells where it begins, and its length shows how much there was.
        return new Octets(partial == null ? name : name + "<" + partial.first() + ">", section, peek, partial);
    }

    private static @Nullable Partial partial(Arguments in) throws BadSyntax {
        if (!in.take('<')) {
            return null;
        }
        long first = in.number64("the first octet");
        in.expect('.');
        long count = in.number64("the number of octets");
        in.expect('>');
        if (count == 0) {
            throw new BadSyntax("A part of a section has at least one octet");
        }
        return new Partial(first, count);
    }
}
