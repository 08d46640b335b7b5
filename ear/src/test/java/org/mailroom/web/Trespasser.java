package org.mailroom.web;

/** A class that does what the rules forbid, so that the test of the rules can fail. */
public final class Trespasser {
    private Trespasser() {}

    public static Object wire() {
        return io.netty.buffer.Unpooled.EMPTY_BUFFER;
    }
}
