package org.mailroom.connector.pop3;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages of our replies (RFC 6856 §3). */
enum Language {
    EN("English"),
    DE("Deutsch");

    private final String description;

    Language(String description) {
        this.description = description;
    }

    /** RFC 5646. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In the language itself. */
    String description() {
        return description;
    }

    /** The language that a basic language range means (RFC 4647 §3.4: the range loses its end until something fits). */
    static Optional<Language> matching(String range) {
        if (range.equals("*")) {
            return Optional.of(EN);
        }
        var primary = range.split("-", 2)[0];
        return Arrays.stream(values())
                .filter(language -> language.tag().equalsIgnoreCase(primary))
                .findFirst();
    }
}
