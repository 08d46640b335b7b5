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

    /** @param weight how much of it stands fast: of several that fit, the heaviest is meant */
    private record Sentence(Pattern english, String translated, int weight) {
        Optional<String> of(String text) {
            var found = english.matcher(text);
            return found.matches() ? Optional.of(filled(found)) : Optional.empty();
        }

        private String filled(MatchResult found) {
            return GAP.matcher(translated)
                    .replaceAll(gap -> Matcher.quoteReplacement(found.group(1 + Integer.parseInt(gap.group(1)))));
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
        int weight = GAP.matcher(lines[0]).replaceAll("").length();
        return new Sentence(Pattern.compile(pattern.toString(), Pattern.DOTALL), lines[1], weight);
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
        return sentences.stream()
                .map(sentence -> sentence.of(text))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> about(text));
    }

    /** "this: what is wrong with it" */
    private Optional<String> about(String text) {
        int colon = text.indexOf(": ");
        return colon < 0
                ? Optional.empty()
                : of(text.substring(colon + 2)).map(wrong -> text.substring(0, colon + 2) + wrong);
    }
}
