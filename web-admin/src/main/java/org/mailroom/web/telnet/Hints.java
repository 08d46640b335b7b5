package org.mailroom.web.telnet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.web.site.Texts;

/** What a reply means, in plain words: its code, its enhanced status (RFC 3463), its response code (RFC 2449, RFC 9051 §7.1). */
@Named("telnetHints")
@ApplicationScoped
public class Hints {
    /** Only the last line of a reply says it (RFC 5321 §4.2.1). */
    private static final Pattern SMTP = Pattern.compile("(\\d{3})(?: (?:[245]\\.(\\d{1,3}\\.\\d{1,3}))?.*)?");

    private static final Pattern POP3 = Pattern.compile("-(ERR)(?: \\[([A-Z-]+)(?:/\\w+)?].*| .*)?");
    private static final Pattern IMAP = Pattern.compile("(?:\\S+) (NO|BAD|BYE)(?: \\[([A-Z-]+)[^]]*].*| .*)?");

    @Inject
    private Texts texts;

    /** Empty where there is nothing to add. */
    public String of(String reply) {
        return keys(reply).stream()
                .map(key -> texts.word("hint", key))
                .filter(text -> !keys(reply).contains(text))
                .collect(Collectors.joining(" "));
    }

    static List<String> keys(String reply) {
        return Stream.of(SMTP, POP3, IMAP)
                .map(form -> form.matcher(reply))
                .filter(match -> match.matches())
                .flatMap(match -> Stream.<@Nullable String>of(match.group(1), match.group(2)))
                .filter(Objects::nonNull)
                .map(key -> key.toUpperCase(Locale.ROOT))
                .toList();
    }
}
