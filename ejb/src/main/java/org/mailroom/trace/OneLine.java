package org.mailroom.trace;

/** Text of strangers as one line that can do no harm in a log, a reply or a row. */
public final class OneLine {
    private OneLine() {}

    /** The text with control characters and other tricks escaped, cut at {@code most} characters. */
    public static String of(String text, int most) {
        var clean = isClean(text) ? text : escaped(text);
        if (clean.length() <= most) {
            return clean;
        }
        int end = Character.isHighSurrogate(clean.charAt(most - 2)) ? most - 2 : most - 1;
        return clean.substring(0, end) + "…";
    }

    /** An address as the log shows it. */
    public static String address(String address) {
        return "<" + of(address, 320) + ">";
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        var line = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\\') {
                line.append("\\\\");
            } else if (isHarmful(c)) {
                line.append(c < 0x100 ? String.format("\\x%02x", c) : String.format("\\u%04x", c));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /** Line ends of any kind, terminal sequences, characters that turn the direction of writing, and halves of pairs. */
    private static boolean isHarmful(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
