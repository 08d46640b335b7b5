package org.mailroom.connector.imap.parse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/**
 * Messages as the client names them: {@code 1:5,9,12:*} (RFC 9051 §9: sequence-set), numbers or UIDs as the command says.
 *
 * @param ranges as they were written; {@link #STAR} for the highest there is
 */
public record SequenceSet(List<Range> ranges) {
    public static final long STAR = Long.MAX_VALUE;

    public SequenceSet {
        ranges = List.copyOf(ranges);
    }

    /** Either end may be the lower. */
    public record Range(long from, long to) {}

    static SequenceSet read(Arguments in) throws BadSyntax {
        var ranges = new ArrayList<Range>();
        do {
            long from = end(in);
            ranges.add(new Range(from, in.take(':') ? end(in) : from));
        } while (in.take(','));
        return new SequenceSet(ranges);
    }

    private static long end(Arguments in) throws BadSyntax {
        if (in.take('*')) {
            return STAR;
        }
        long number = in.number("a message number or *");
        if (number == 0) {
            throw new BadSyntax("Messages are counted from 1");
        }
        return number;
    }

    /** The UIDs that sequence numbers stand for; one that the client was never told is an error (RFC 9051 §9: seq-number). */
    public UidSet numbersIn(MailboxView view) throws BadSyntax {
        for (var range : ranges) {
            for (long number : new long[] {range.from, range.to}) {
                if (number != STAR && number > view.size()) {
                    throw new BadSyntax("There is no message " + number + ", only " + view.size());
                }
            }
        }
        return numbersKnown(view);
    }

    /** As above, without a complaint, for SEARCH. */
    public UidSet numbersKnown(MailboxView view) {
        if (view.size() == 0) {
            return UidSet.EMPTY;
        }
        var uids = new UidSet.Builder();
        for (var range : set(view.size())) {
            if (range.from <= view.size()) {
                uids.add(view.uid((int) range.from), view.uid((int) Math.min(range.to, view.size())));
            }
        }
        return uids.build();
    }

    /** The UIDs that are meant, of those that the view knows or that lie between them. */
    public UidSet uidsIn(MailboxView view) {
        if (view.size() == 0) {
            return UidSet.EMPTY;
        }
        long last = view.uid(view.size());
        var uids = new UidSet.Builder();
        for (var range : set(last)) {
            uids.add(range.from, Math.min(range.to, last));
        }
        return uids.build();
    }

    /** Any UIDs at all, for what needs no message: ranges without a star. */
    public UidSet plain() {
        var uids = new UidSet.Builder();
        set(0xFFFF_FFFFL).forEach(r -> uids.add(r.from, r.to));
        return uids.build();
    }

    /** Ascending, the star replaced, ends in order: {@code 9:*} holds the highest message even where that is 5. */
    private List<Range> set(long highest) {
        return ranges.stream()
                .map(r -> new Range(r.from == STAR ? highest : r.from, r.to == STAR ? highest : r.to))
                .map(r -> r.from <= r.to ? r : new Range(r.to, r.from))
                .sorted(Comparator.comparingLong(Range::from))
                .toList();
    }
}
