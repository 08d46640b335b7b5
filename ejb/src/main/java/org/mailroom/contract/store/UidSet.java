package org.mailroom.contract.store;

import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;

/**
 * A set of UIDs as ascending ranges that neither touch nor overlap. Immutable. Written as IMAP writes it: {@code 1:5,9}.
 */
public final class UidSet {
    public static final UidSet EMPTY = new UidSet(new long[0]);

    /** Every UID there can be (RFC 9051 §2.3.1.1: 32 bits). */
    public static final UidSet ALL = range(1, 0xFFFF_FFFFL);

    /** First and last of each range, in turn. */
    private final long[] bounds;

    private UidSet(long[] bounds) {
        this.bounds = bounds;
    }

    public static UidSet of(long... uids) {
        var builder = new Builder();
        var sorted = uids.clone();
        Arrays.sort(sorted);
        for (var uid : sorted) {
            builder.add(uid);
        }
        return builder.build();
    }

    /** Both ends belong to it. */
    public static UidSet range(long first, long last) {
        return first > last ? EMPTY : new UidSet(new long[] {first, last});
    }

    public boolean isEmpty() {
        return bounds.length == 0;
    }

    /** How many UIDs. */
    public long size() {
        long size = 0;
        for (int i = 0; i < bounds.length; i += 2) {
            size += bounds[i + 1] - bounds[i] + 1;
        }
        return size;
    }

    public boolean contains(long uid) {
        int at = Arrays.binarySearch(bounds, uid);
        return at >= 0 || (-at - 1) % 2 == 1;
    }

    /** The lowest UID; the set must not be empty. */
    public long first() {
        return bounds[0];
    }

    /** The highest UID; the set must not be empty. */
    public long last() {
        return bounds[bounds.length - 1];
    }

    public int ranges() {
        return bounds.length / 2;
    }

    public long first(int range) {
        return bounds[2 * range];
    }

    public long last(int range) {
        return bounds[2 * range + 1];
    }

    /** UIDs in both sets. */
    public UidSet and(UidSet other) {
        var both = new Builder();
        int i = 0;
        int j = 0;
        while (i < ranges() && j < other.ranges()) {
            both.add(Math.max(first(i), other.first(j)), Math.min(last(i), other.last(j)));
            if (last(i) < other.last(j)) {
                i++;
            } else {
                j++;
            }
        }
        return both.build();
    }

    /** UIDs in either set. */
    public UidSet or(UidSet other) {
        var either = new Builder();
        int i = 0;
        int j = 0;
        while (i < ranges() || j < other.ranges()) {
            if (j == other.ranges() || i < ranges() && first(i) <= other.first(j)) {
                either.add(first(i), last(i++));
            } else {
                either.add(other.first(j), other.last(j++));
            }
        }
        return either.build();
    }

    /** UIDs of this set that are not in the other. */
    public UidSet minus(UidSet other) {
        var rest = new Builder();
        int j = 0;
        for (int i = 0; i < ranges(); i++) {
            long from = first(i);
            while (j < other.ranges() && other.last(j) < from) {
                j++;
            }
            for (int k = j; k < other.ranges() && other.first(k) <= last(i); k++) {
                rest.add(from, other.first(k) - 1);
                from = other.last(k) + 1;
            }
            rest.add(from, last(i));
        }
        return rest.build();
    }

    /** The part above a UID: what is left after a page. */
    public UidSet above(long uid) {
        return and(range(uid + 1, Long.MAX_VALUE));
    }

    /** Each UID in ascending order; not for {@link #ALL}. */
    public LongStream stream() {
        return LongStream.range(0, ranges()).flatMap(i -> LongStream.rangeClosed(first((int) i), last((int) i)));
    }

    /** Each UID in ascending order. */
    public PrimitiveIterator.OfLong iterator() {
        return stream().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UidSet set && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int i = 0; i < ranges(); i++) {
            text.append(i == 0 ? "" : ",").append(first(i));
            if (last(i) > first(i)) {
                text.append(':').append(last(i));
            }
        }
        return text.toString();
    }

    /** Collects UIDs in ascending order of their first. */
    public static final class Builder {
        private long[] bounds = new long[16];
        private int used;

        public Builder add(long uid) {
            return add(uid, uid);
        }

        /** Adds a range that begins no lower than those before it; an empty one is passed over. */
        public Builder add(long first, long last) {
            if (first > last) {
                return this;
            }
            if (used > 0 && first < bounds[used - 2]) {
                throw new IllegalArgumentException(first + " comes after " + bounds[used - 2]);
            }
            if (used > 0 && (bounds[used - 1] == Long.MAX_VALUE || first <= bounds[used - 1] + 1)) {
                bounds[used - 1] = Math.max(bounds[used - 1], last);
                return this;
            }
            if (used == bounds.length) {
                bounds = Arrays.copyOf(bounds, 2 * used);
            }
            bounds[used++] = first;
            bounds[used++] = last;
            return this;
        }

        public UidSet build() {
            return used == 0 ? EMPTY : new UidSet(Arrays.copyOf(bounds, used));
        }
    }
}
