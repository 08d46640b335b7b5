package org.mailroom.connector.imap.session;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which language people are spoken to (RFC 5255 §3). What only authors of clients read, BAD, stays English. */
public enum Language {
    EN("EN", "Now speaking English"),
    DE("DE", "Ab jetzt auf Deutsch"),
    I_DEFAULT("i-default", "Now speaking English");

    private final String tag;
    private final String chosen;

    Language(String tag, String chosen) {
        this.tag = tag;
        this.chosen = chosen;
    }

    /** RFC 5646. */
    public String tag() {
        return tag;
    }

    /** How it says that it was chosen. */
    public String chosen() {
        return chosen;
    }

    public static List<String> tags() {
        return Arrays.stream(values()).map(Language::tag).toList();
    }

    /** RFC 4647 §3.4: a range is shortened from its end until it fits. */
    public static Optional<Language> matching(String range) {
        var words = range.toLowerCase(Locale.ROOT);
        if (words.equals("default") || words.equals("*")) {
            return Optional.of(EN);
        }
        return Arrays.stream(values())
                .filter(one ->
                        words.equalsIgnoreCase(one.tag) || words.startsWith(one.tag.toLowerCase(Locale.ROOT) + "-"))
                .findFirst();
    }

    /** A status response (RFC 9051 §7.1), its text in this language; any other response as it is. */
    String of(String response) {
        if (this != DE || !(response.startsWith("OK ") || response.startsWith("NO ") || response.startsWith("BYE "))) {
            return response;
        }
        int text = response.indexOf(' ') + 1;
        if (response.startsWith("[", text)) {
            text = endOfCode(response, text);
        }
        return response.substring(0, text) + German.of(response.substring(text));
    }

    /** Where the text begins behind a code, which may have brackets in quotes. */
    private static int endOfCode(String response, int from) {
        boolean quoted = false;
        for (int i = from; i < response.length(); i++) {
            switch (response.charAt(i)) {
                case '"' -> quoted = !quoted;
                case '\\' -> i += quoted ? 1 : 0;
                case ']' -> {
                    if (!quoted) {
                        return Math.min(response.length(), i + 2);
                    }
                }
                default -> {}
            }
        }
        return response.length();
    }
}
