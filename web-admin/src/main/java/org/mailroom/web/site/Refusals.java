package org.mailroom.web.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the house refuses, in the reader's language. The house says it in English, as the REST API and the commands do; a table has the
 * German for each of its sentences, with gaps for what they name. A sentence that the table does not know stays as it is.
 */
final class Refusals {
    private static final Pattern GAP = Pattern.compile("\\{(\\d)}");
    private static final Refusals GERMAN = new Refusals("refusals_de.txt");

    private final List<Sentence> sentences = new ArrayList<>();

    /**
     * @param start the part before its first gap
     * @param end the part behind its last
     * @param weight how much of it stands fast: of several that fit, the heaviest is meant
     */
    private record Sentence(String start, String end, Pattern english, String translated, int weight) {
        Optional<MatchResult> in(String text) {
            if (!text.startsWith(start) || !text.endsWith(end)) {
                return Optional.empty();
            }
            var found = english.matcher(text);
            return found.matches() ? Optional.of(found) : Optional.empty();
        }
    }

    private Refusals(String table) {
        lines(table).forEach(pair -> sentences.add(sentence(pair)));
        sentences.sort(Comparator.comparing(Sentence::weight).reversed());
    }

    private static Sentence sentence(String pair) {
        var lines = pair.split("\n", 2);
        var pattern = new StringBuilder();
        int end = 0;
        for (var gap : GAP.matcher(lines[0]).results().toList()) {
            pattern.append(Pattern.quote(lines[0].substring(end, gap.start()))).append("(.+)");
            end = gap.end();
        }
        pattern.append(Pattern.quote(lines[0].substring(end)));
        var parts = GAP.split(lines[0], -1);
        return new Sentence(
                parts[0],
                parts[parts.length - 1],
                Pattern.compile(pattern.toString(), Pattern.DOTALL),
                lines[1],
                String.join("", parts).length());
    }

    /** Pairs of lines, divided by an empty one. */
    private static Stream<String> lines(String table) {
        try (var stream = Objects.requireNonNull(Refusals.class.getResourceAsStream("/org/mailroom/web/" + table))) {
            var text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.strip().split("\n\n+")).filter(pair -> !pair.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A refusal for a reader. */
    static String in(Locale locale, String text) {
        return locale.getLanguage().equals("de") ? GERMAN.of(text).orElse(text) : text;
    }

    private Optional<String> of(String text) {
        return whole(text).or(() -> about(text)).or(() -> clauses(text));
    }

    private Optional<String> whole(String text) {
        return sentences.stream()
                .flatMap(sentence -> sentence.in(text).map(found -> filled(sentence, found)).stream())
                .findFirst();
    }

    /** What stands in a gap may be a sentence, too. */
    private String filled(Sentence sentence, MatchResult found) {
        return GAP.matcher(sentence.translated).replaceAll(gap -> {
            var inside = found.group(1 + Integer.parseInt(gap.group(1)));
            return Matcher.quoteReplacement(whole(inside).orElse(inside));
        });
    }

    /** "this: what is wrong with it" */
    private Optional<String> about(String text) {
        int colon = text.indexOf(": ");
        return colon < 0
                ? Optional.empty()
                : of(text.substring(colon + 2)).map(wrong -> text.substring(0, colon + 2) + wrong);
    }

    /** "this; that" */
    private Optional<String> clauses(String text) {
        int end = text.indexOf("; ");
        return end < 0
                ? Optional.empty()
                : of(text.substring(0, end))
                        .flatMap(one -> of(text.substring(end + 2)).map(other -> one + "; " + other));
    }
}
