package org.mailroom.connector.imap.parse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Spool;
import org.mailroom.connector.net.SpoolFile;
import org.mailroom.connector.net.Window;

/**
 * Cuts what a client sends into frames before anything is parsed, so that no octet of a literal is ever taken for a command:
 * not when the command is wrong, nor when the literal is refused. A refused literal that follows without waiting (RFC 7888) is
 * swallowed; one that waits for our leave never comes.
 */
public final class Framer implements org.mailroom.connector.net.Framer {
    /** More than this is not swallowed: the client is cut off instead. */
    private static final long MOST_SWALLOWED = 64L * 1024 * 1024;

    /** Of a line that is refused anyway, its end is kept: it may announce a literal. */
    private static final int TAIL = 32;

    private static final byte[] NOTHING = {};

    private FrameLimits limits;

    private byte[] line = NOTHING;
    private int length;
    private final List<byte[]> lines = new ArrayList<>(1);
    private final List<Spool> literals = new ArrayList<>(0);
    private @Nullable Spool filling;

    /** Of the command at hand. */
    private SpoolFile overflow = new SpoolFile();

    /** Octets that still belong to the literal at hand. */
    private long missing;

    private int weight;

    /** Octets of messages in memory, which leave the lines between them their room. */
    private int held;

    private long swallowed;
    private @Nullable String trouble;
    private String tag = "*";

    public Framer(FrameLimits limits) {
        this.limits = limits;
    }

    /** From the next command on. */
    public void limits(FrameLimits newLimits) {
        this.limits = newLimits;
    }

    @Override
    public @Nullable Input next(Window window, Connection connection) throws IOException {
        while (!window.isEmpty()) {
            if (missing > 0) {
                literal(window);
                continue;
            }
            boolean whole = takeLine(window);
            if (swallowed > Math.max(MOST_SWALLOWED, limits.message())) {
                return refused(true);
            }
            var input = whole ? lineEnd(connection) : null;
            if (input != null) {
                return input;
            }
        }
        return null;
    }

    private void literal(Window window) throws IOException {
        int here = (int) Math.min(missing, window.length());
        if (filling != null) {
            filling.write(window.array(), window.from(), here);
        }
        window.take(here);
        missing -= here;
    }

    /** Takes octets up to the end of the line, and tells whether that is here. */
    private boolean takeLine(Window window) {
        var array = window.array();
        int end = window.from();
        while (end < window.to() && array[end] != '\n') {
            end++;
        }
        boolean whole = end < window.to();
        keep(array, window.from(), end - window.from());
        window.take(end - window.from() + (whole ? 1 : 0));
        if (!whole) {
            return false;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        } else {
            refuse(Arrays.copyOf(line, length), "Lines end with CRLF, and this one ends with a bare LF");
        }
        return true;
    }

    /** Keeps the next octets of the line, as far as there is room. */
    private void keep(byte[] array, int from, int count) {
        if (trouble == null && weight + length + count > limits.memory()) {
            var head = Arrays.copyOf(line, length + Math.min(count, 80));
            System.arraycopy(array, from, head, length, head.length - length);
            refuse(head, "[TOOBIG] A command may have " + limits.memory() + " octets");
        }
        int kept = count;
        if (trouble != null) {
            swallowed += count;
            kept = Math.min(count, TAIL);
            int drop = Math.clamp((long) length + kept - TAIL, 0, length);
            System.arraycopy(line, drop, line, 0, length - drop);
            length -= drop;
        }
        if (line.length < length + kept) {
            line = Arrays.copyOf(line, Math.max(length + kept, Math.min(2 * line.length, limits.memory())));
        }
        System.arraycopy(array, from + count - kept, line, length, kept);
        length += kept;
    }

    private @Nullable Input lineEnd(Connection connection) throws IOException {
        var text = Arrays.copyOf(line, length);
        weight += length;
        length = 0;
        if (trouble == null) {
            lines.add(text);
        }
        var announced = Announced.in(text);
        if (announced == null) {
            return trouble == null ? command() : refused(false);
        }
        if (trouble == null) {
            admit(announced);
        }
        if (trouble == null) {
            if (announced.waits()) {
                connection.write("+ Ready for " + announced.octets() + " octets\r\n");
                connection.flush();
            }
            return null;
        }
        if (announced.waits()) {
            // RFC 9051 §4.3: the client sees a tagged reply instead of "+", and sends nothing more of this command.
            return refused(false);
        }
        swallowed += announced.octets();
        missing = announced.octets();
        return swallowed > Math.max(MOST_SWALLOWED, limits.message()) ? refused(true) : null;
    }

    private void admit(Announced announced) {
        boolean large = limits.allowsLarge(commandOf(lines.getFirst()));
        boolean fits = announced.octets() <= limits.memory() - (large ? held : weight);
        if (!fits && !large) {
            refuse(NOTHING, "[TOOBIG] A command may have " + limits.memory() + " octets, literals included");
        } else if (!fits
                && announced.octets()
                        > limits.message()
                                - literals.stream().mapToLong(Spool::size).sum()) {
            refuse(NOTHING, "[TOOBIG] A message may have " + limits.message() + " octets");
        } else {
            missing = announced.octets();
            filling = fits ? new Spool((int) Math.min(missing, 4096), limits.memory()) : new Spool(overflow);
            literals.add(filling);
            if (fits && large) {
                held += (int) missing;
            } else if (fits) {
                weight += (int) missing;
            }
        }
    }

    private Input command() {
        var frame = new Frame(lines, literals);
        literals.clear();
        reset();
        return frame;
    }

    private Input refused(boolean hopeless) {
        var refused = new Frame.Refused(tag, trouble == null ? "" : trouble, hopeless);
        reset();
        return refused;
    }

    /** @param head the beginning of the line, should it be the first */
    private void refuse(byte[] head, String text) {
        if (trouble == null) {
            trouble = text;
            tag = tagOf(lines.isEmpty() ? head : lines.getFirst());
            dropLiterals();
        }
    }

    private void dropLiterals() {
        literals.forEach(Spool::close);
        literals.clear();
        filling = null;
        overflow = new SpoolFile();
    }

    private void reset() {
        dropLiterals();
        lines.clear();
        line = NOTHING;
        length = 0;
        missing = 0;
        weight = 0;
        held = 0;
        swallowed = 0;
        trouble = null;
        tag = "*";
    }

    @Override
    public void close() {
        reset();
    }

    private static String tagOf(byte[] line) {
        var word = word(line, 0);
        return word.isEmpty() || !Arguments.isTag(word) ? "*" : word;
    }

    private static String commandOf(byte[] line) {
        int at = word(line, 0).length() + 1;
        var command = word(line, at);
        return command.equalsIgnoreCase("UID") ? command + " " + word(line, at + command.length() + 1) : command;
    }

    private static String word(byte[] line, int from) {
        int end = from;
        while (end < line.length && line[end] != ' ') {
            end++;
        }
        // No tag of a sane client is longer, and none is sent back.
        return from >= line.length || end - from > 64
                ? ""
                : new String(line, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /**
     * The announcement of a literal, which can only stand at the end of a line.
     *
     * @param waits for a "+", unlike the kind of RFC 7888
     */
    private record Announced(long octets, boolean waits) {
        static @Nullable Announced in(byte[] line) {
            int end = line.length - 1;
            if (end < 2 || line[end] != '}') {
                return null;
            }
            boolean waits = line[end - 1] != '+';
            int last = waits ? end - 1 : end - 2;
            int first = last;
            while (first >= 0 && Arguments.isDigit(line[first])) {
                first--;
            }
            if (first == last || first < 0 || line[first] != '{') {
                return null;
            }
            var digits = new String(line, first + 1, last - first, StandardCharsets.US_ASCII);
            return new Announced(digits.length() > 18 ? Long.MAX_VALUE / 2 : Long.parseLong(digits), waits);
        }
    }
}
