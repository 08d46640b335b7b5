package org.mailroom.connector.net;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts command lines, strictly: only CRLF ends one, and a line with anything else that looks like an end in it, or with a
 * control character, never becomes a command. With a {@link LiteralRule} a command may hold literals; it is handed on when
 * all of it is here, so that octets of a literal can never be read as a command.
 */
public final class CommandFramer implements Framer {
    private final int longest;
    private final boolean controls;
    private final @Nullable LiteralRule rule;
    private final int literalInMemory;

    private int scanned;
    private Input.@Nullable Flaw flaw;
    private byte[] start = {};

    private final List<byte[]> lines = new ArrayList<>();
    private final List<Spool> literals = new ArrayList<>();
    private long octets;
    private @Nullable Spool literal;
    private long missing;
    private boolean refused;

    private CommandFramer(int longest, boolean controls, @Nullable LiteralRule rule, int literalInMemory) {
        this.longest = longest;
        this.controls = controls;
        this.rule = rule;
        this.literalInMemory = literalInMemory;
    }

    /** Single lines of at most so many octets, CRLF included. */
    public static CommandFramer lines(int longest) {
        return new CommandFramer(longest, false, null, 0);
    }

    /**
     * Lines with literals.
     *
     * @param longest octets of one line, CRLF included
     * @param inMemory octets of a literal that stay in memory, beyond which it lies in a file
     */
    public static CommandFramer literals(int longest, int inMemory, LiteralRule rule) {
        return new CommandFramer(longest, true, rule, inMemory);
    }

    @Override
    public @Nullable Input next(Window window, Connection connection) throws IOException {
        while (true) {
            if (missing > 0 && !takeLiteral(window)) {
                return null;
            }
            var line = takeLine(window);
            if (line == null) {
                return null;
            }
            var input = rule == null || line instanceof Input.Malformed ? whole(line) : step(line, connection, rule);
            if (input != null) {
                return input;
            }
        }
    }

    private @Nullable Input step(Input line, Connection connection, LiteralRule judge) {
        var text = ((Input.Command) line).lines().getFirst();
        return switch (judge.after(text, literals.size(), octets)) {
            case LiteralRule.Step.Whole() -> whole(line);
            case LiteralRule.Step.Literal(long size, String prompt) -> {
                if (refused) {
                    passOverLiteral(size, prompt);
                    yield null;
                }
                lines.add(text);
                missing = size;
                octets += size;
                literal = new Spool((int) Math.min(size, 4096), literalInMemory);
                if (size == 0) {
                    takeLiteral(new Window());
                }
                if (!prompt.isEmpty()) {
                    connection.write(prompt);
                    connection.flush();
                }
                yield null;
            }
            case LiteralRule.Step.Refused(long size) -> {
                boolean first = !refused;
                var head = lines.isEmpty() ? text : lines.getFirst();
                giveUp();
                missing = size;
                refused = size > 0;
                yield first ? new Input.Malformed(Input.Flaw.LITERAL, head) : null;
            }
        };
    }

    /** Of a refused command: a client that waits for a prompt has read the refusal by then, and sends no more of it. */
    private void passOverLiteral(long size, String prompt) {
        missing = prompt.isEmpty() ? size : 0;
        refused = prompt.isEmpty();
    }

    private @Nullable Input whole(Input line) {
        if (refused) {
            // The tail of a command that was answered when its literal was refused.
            giveUp();
            return null;
        }
        if (line instanceof Input.Malformed malformed) {
            var head = lines.isEmpty() ? malformed.line() : lines.getFirst();
            giveUp();
            return new Input.Malformed(malformed.flaw(), head);
        }
        if (lines.isEmpty()) {
            return line;
        }
        lines.addAll(((Input.Command) line).lines());
        var command = new Input.Command(List.copyOf(lines), List.copyOf(literals));
        literals.clear();
        giveUp();
        return command;
    }

    private boolean takeLiteral(Window window) {
        int here = (int) Math.min(missing, window.length());
        if (literal != null) {
            try {
                literal.write(window.array(), window.from(), here);
            } catch (IOException problem) {
                throw new java.io.UncheckedIOException("cannot spool a literal", problem);
            }
        }
        window.take(here);
        missing -= here;
        if (missing == 0 && literal != null) {
            literals.add(literal);
            literal = null;
        }
        return missing == 0;
    }

    /** The next line as a command or a flaw; null where its end is not here. */
    private @Nullable Input takeLine(Window window) {
        var array = window.array();
        int from = window.from();
        for (int i = from + scanned; i < window.to(); i++) {
            byte octet = array[i];
            if (octet == '\n') {
                boolean crlf = i > from && array[i - 1] == '\r';
                note(crlf ? null : Input.Flaw.BARE_LF);
                return end(window, i - from + 1, crlf ? 2 : 1);
            }
            if (octet < ' ' && octet >= 0 || octet == 0x7f) {
                noteControl(array, i, window.to());
            }
            if (i > from && array[i - 1] == '\r') {
                note(Input.Flaw.BARE_CR);
            }
            if (i - from + 1 >= longest) {
                passOver(window, i - from);
                from = window.from();
            }
        }
        scanned = window.length();
        return null;
    }

    /** Drops what is too long but its last octet, which may be the CR of its end. */
    private void passOver(Window window, int count) {
        if (flaw != Input.Flaw.TOO_LONG) {
            start = Arrays.copyOfRange(window.array(), window.from(), window.from() + count);
            flaw = Input.Flaw.TOO_LONG;
        }
        window.take(count);
    }

    private Input end(Window window, int length, int terminator) {
        var line = window.takeCopy(length);
        scanned = 0;
        var found = flaw;
        flaw = null;
        if (found == null) {
            return Input.Command.of(Arrays.copyOf(line, length - terminator));
        }
        var head = found == Input.Flaw.TOO_LONG ? start : Arrays.copyOf(line, length - terminator);
        start = new byte[0];
        return new Input.Malformed(found, head);
    }

    private void noteControl(byte[] array, int i, int to) {
        switch (array[i]) {
            case '\r' -> {} // judged with the octet behind it
            case '\b', 0x7f -> note(controls ? null : Input.Flaw.BACKSPACE);
            case 0 -> note(Input.Flaw.CONTROL);
            default -> note(controls ? null : Input.Flaw.CONTROL);
        }
    }

    /** The first flaw is the one that is told. */
    private void note(Input.@Nullable Flaw found) {
        if (flaw == null) {
            flaw = found;
        }
    }

    private void giveUp() {
        lines.clear();
        literals.forEach(Spool::close);
        literals.clear();
        if (literal != null) {
            literal.close();
            literal = null;
        }
        octets = 0;
        missing = 0;
        refused = false;
    }

    @Override
    public void close() {
        giveUp();
    }
}
