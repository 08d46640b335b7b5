package org.mailroom.connector.relay;

/** Makes text from the network fit for one line of a log, a bounce or a page. */
final class SafeText {
    private static final int LONGEST = 512;

    private SafeText() {}

    /** Control, format and other characters that are not seen become {@code \\u001b}; what is too long is cut. */
    static String of(String text) {
        var safe = new StringBuilder(Math.min(text.length(), LONGEST) + 8);
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            var shown = shown(character);
            if (safe.length() + shown.length() > LONGEST - 1
                    && (i < text.length() || safe.length() + shown.length() > LONGEST)) {
                return safe.append('…').toString();
            }
            safe.append(shown);
        }
        return safe.toString();
    }

    private static String shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> String.format("\\u%04x", character);
            default -> Character.toString(character);
        };
    }
}
