package org.mailroom.connector.net;

import java.nio.ByteBuffer;

/** Entries one after the other in an array; where it is full, the oldest make room. An entry's number is where it began. */
final class Ring {
    /** Length of the text, session, time in ms, who. */
    private static final int HEAD = 2 + 8 + 8 + 1;

    private final byte[] octets;
    private final byte[] head = new byte[HEAD];
    private long oldest;
    private long end;

    /** Takes what is read; while it runs, nothing is written. */
    @FunctionalInterface
    interface Reader {
        void entry(long number, long session, long at, int who, byte[] text);
    }

    /** @param size far above that of an entry */
    Ring(int size) {
        octets = new byte[size];
    }

    /** @param text at most 65,535 octets */
    synchronized void add(long session, long at, int who, byte[] text) {
        int length = HEAD + text.length;
        while (end + length - oldest > octets.length) {
            get(oldest, head);
            oldest += HEAD + (ByteBuffer.wrap(head).getShort() & 0xFFFF);
        }
        ByteBuffer.wrap(head)
                .putShort((short) text.length)
                .putLong(session)
                .putLong(at)
                .put((byte) who);
        put(end, head);
        put(end + HEAD, text);
        end += length;
    }

    /**
     * From the oldest to the newest.
     *
     * @param wanted a session; -1: all
     * @param after a number; only what has a higher one is read
     */
    synchronized void read(long wanted, long after, Reader reader) {
        int length;
        for (long from = oldest; from < end; from += HEAD + length) {
            get(from, head);
            var fields = ByteBuffer.wrap(head);
            length = fields.getShort() & 0xFFFF;
            long session = fields.getLong();
            if (from > after && (wanted < 0 || wanted == session)) {
                var text = new byte[length];
                get(from + HEAD, text);
                reader.entry(from, session, fields.getLong(), fields.get(), text);
            }
        }
    }

    private void put(long at, byte[] source) {
        int start = (int) (at % octets.length);
        int first = Math.min(source.length, octets.length - start);
        System.arraycopy(source, 0, octets, start, first);
        System.arraycopy(source, first, octets, 0, source.length - first);
    }

    private void get(long at, byte[] target) {
        int start = (int) (at % octets.length);
        int first = Math.min(target.length, octets.length - start);
        System.arraycopy(octets, start, target, 0, first);
        System.arraycopy(octets, 0, target, first, target.length - first);
    }
}
