package org.mailroom.search;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import javax.sql.DataSource;
import org.mailroom.contract.store.UidSet;

/**
 * Rules out messages that cannot contain a text, without looking at them. The index is a bit-sliced signature file: messages
 * of a mailbox lie in segments by UID, and a segment keeps, for each bit of {@link Trigrams}, one bit a message. A search
 * reads the slices of the few bits that it needs and joins them. What no segment covers yet is not ruled out, so an index
 * that lags behind, or is gone, makes a search slow and never wrong.
 */
public final class SearchIndex {
    /** Each halves what is left, or better. */
    private static final int MOST_SLICES = 12;

    /** So few are looked at sooner than ruled out. */
    private static final int FEW = 50;

    private final DataSource database;

    public SearchIndex(DataSource database) {
        this.database = database;
    }

    /** Those of the candidates that may contain the text in a header field or a body. */
    public UidSet narrow(long mailbox, UidSet candidates, TextMatcher text) throws SQLException {
        var bits = Trigrams.needed(text, MOST_SLICES);
        if (bits.length == 0 || candidates.size() <= FEW) {
            return candidates;
        }
        try (var connection = database.getConnection()) {
            var covered = new ArrayList<UidSet>();
            var possible = UidSet.EMPTY;
            for (var segment : segments(connection, mailbox, candidates, bits)) {
                covered.add(UidSet.range(segment.firstUid, segment.lastUid));
                if (!segment.possible.isEmpty()) {
                    possible = possible.or(uids(connection, mailbox, segment));
                }
            }
            var known = covered.stream().reduce(UidSet.EMPTY, UidSet::or);
            return candidates.minus(known).or(candidates.and(possible));
        }
    }

    /** @param possible by place in the segment */
    private record Segment(long firstUid, long lastUid, BitSet possible) {}

    private static ArrayList<Segment> segments(Connection connection, long mailbox, UidSet candidates, int[] bits)
            throws SQLException {
        var found = new ArrayList<Segment>();
        // A slice is fetched out of its place; the rest of the segment, a megabyte, stays where it is.
        try (var query = connection.prepareStatement("""
                SELECT s.first_uid, s.last_uid,
                    (SELECT string_agg(substring(s.slices FROM b * s.width + 1 FOR s.width), '') FROM unnest(?) b)
                FROM search_segment s
                WHERE s.mailbox_id = ? AND s.last_uid >= ? AND s.first_uid <= ? ORDER BY s.last_uid""")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "integer", Arrays.stream(bits).boxed().toArray()));
            query.setLong(2, mailbox);
            query.setLong(3, candidates.first());
            query.setLong(4, candidates.last());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(new Segment(rows.getLong(1), rows.getLong(2), joined(rows.getBytes(3), bits.length)));
                }
            }
        }
        return found;
    }

    private static BitSet joined(byte[] slices, int count) {
        int width = slices.length / count;
        var joined = BitSet.valueOf(Arrays.copyOf(slices, width));
        for (int i = 1; i < count && !joined.isEmpty(); i++) {
            joined.and(BitSet.valueOf(Arrays.copyOfRange(slices, i * width, (i + 1) * width)));
        }
        return joined;
    }

    private static UidSet uids(Connection connection, long mailbox, Segment segment) throws SQLException {
        try (var query =
                connection.prepareStatement("SELECT uids FROM search_segment WHERE mailbox_id = ? AND last_uid = ?")) {
            query.setLong(1, mailbox);
            query.setLong(2, segment.lastUid);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return UidSet.range(segment.firstUid, segment.lastUid); // gone this moment: nothing is ruled out
                }
                var uids = (Long[]) rows.getArray(1).getArray();
                return UidSet.of(segment.possible.stream()
                        .mapToLong(place -> uids[place])
                        .toArray());
            }
        }
    }
}
