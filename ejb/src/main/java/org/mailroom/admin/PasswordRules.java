package org.mailroom.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailroom.directory.MailAddress;

/**
 * Which passwords nobody should choose: short ones, those that everybody tries first, and those that say who it is. Nothing is
 * demanded of their letters, for that only makes people write them down.
 */
final class PasswordRules {
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /** What is wrong with it, in a line for people; empty where it will do. */
    static Optional<String> problem(String password, MailAddress of, String displayName, int shortest) {
        var typed = password.toLowerCase(Locale.ROOT).strip();
        if (password.codePointCount(0, password.length()) < shortest) {
            return Optional.of("A password has at least " + shortest + " characters");
        }
        if (COMMON.contains(typed) || COMMON.contains(typed.replaceAll("[\\d\\p{Punct}]+$", ""))) {
            return Optional.of("That is among the passwords that everybody tries first");
        }
        if (typed.codePoints().distinct().count() < 4) {
            return Optional.of("A password has more than three different characters");
        }
        var core = typed.replaceAll("[\\d\\p{Punct}\\s]+$", "");
        boolean saysWho = typed.equals(of.toString())
                || core.equals(of.key())
                || typed.equals(of.domain())
                || core.equals(displayName.toLowerCase(Locale.ROOT).strip());
        return saysWho ? Optional.of("A password does not say whose it is") : Optional.empty();
    }

    private static Set<String> common() {
        try (var words = Objects.requireNonNull(PasswordRules.class.getResourceAsStream("common-passwords.txt"))) {
            return new String(words.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
