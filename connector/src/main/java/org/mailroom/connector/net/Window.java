package org.mailroom.connector.net;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Octets that were read and not yet taken, in one array: framers look at it from {@link #from} to {@link #to} and
 * {@link #take}. For the worker only.
 */
public final class Window {
    private static final byte[] NONE = {};

    private byte[] array = NONE;
    private int from;
    private int to;

    /** The octets; those outside of from and to are no concern of anybody. */
    public byte[] array() {
        return array;
    }

    public int from() {
        return from;
    }

    public int to() {
        return to;
    }

    public int length() {
        return to - from;
    }

    public boolean isEmpty() {
        return from == to;
    }

    /** Passes over octets. */
    public void take(int octets) {
        if (octets < 0 || octets > length()) {
            throw new IndexOutOfBoundsException(octets + " of " + length());
        }
        from += octets;
    }

    /** The next octets, copied. */
    public byte[] takeCopy(int octets) {
        int start = from;
        take(octets);
        return Arrays.copyOfRange(array, start, from);
    }

    /** Adds octets at the end. */
    public void add(byte[] octets) {
        int at = room(octets.length);
        System.arraycopy(octets, 0, array, at, octets.length);
    }

    void add(ByteBuf octets) {
        int length = octets.readableBytes();
        int at = room(length);
        octets.readBytes(array, at, length);
    }

    /** Lets go of room that an idle connection has no use for. */
    void trim() {
        if (isEmpty() && array.length > 0) {
            clear();
        }
    }

    void clear() {
        array = NONE;
        from = 0;
        to = 0;
    }

    private int room(int more) {
        int length = length();
        if (array.length - to < more) {
            var target = array.length - length >= more ? array : new byte[Math.max(1024, (length + more) * 3 / 2)];
            System.arraycopy(array, from, target, 0, length);
            array = target;
            from = 0;
            to = length;
        }
        int at = to;
        to += more;
        return at;
    }
}
