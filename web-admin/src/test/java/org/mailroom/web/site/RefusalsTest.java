package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the house refuses is said in German to whom reads German. */
class RefusalsTest {
    /** A refusal that is written down where it is made, with its gaps. */
    private static final Pattern MADE = Pattern.compile(
            "new (?:AdminException\\(\\s*Kind\\.\\w+,|(?:BadAddress|Unreadable)\\()\\s*((?:[\\w.()]+ \\+ )?\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+ (?:[\\w.()]+|\"(?:[^\"\\\\]|\\\\.)*\"))*)\\)");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "There is no domain x.test; add it first | Es gibt keine Domain x.test; bitte erst anlegen",
                "There is no domain x.test | Es gibt keine Domain x.test",
                "a@x.test is an alias of b@x.test | a@x.test ist ein Alias von b@x.test",
                "no address: An address has a local part, an @ and a domain"
                        + " | no address: Eine Adresse hat einen Teil vor dem @, ein @ und eine Domain",
                "$1 is there already | $1 ist schon da",
                "Something new | Something new"
            })
    void its_sentences_are_translated_and_what_they_name_stays(String english, String german) {
        assertThat(Refusals.in(Locale.GERMAN, english)).isEqualTo(german);
        assertThat(Refusals.in(Locale.ENGLISH, english)).isEqualTo(english);
    }

    @Test
    void every_sentence_of_administration_has_its_german() throws IOException {
        var english = new TreeSet<String>();
        var house = Path.of("../ejb/src/main/java/org/mailroom");
        for (var file : new String[] {"admin", "feedback", "directory/MailAddress.java", "directory/MailDomain.java"}) {
            try (var files = Files.walk(house.resolve(file))) {
                for (var one : files.filter(Files::isRegularFile).toList()) {
                    MADE.matcher(Files.readString(one)).results().forEach(made -> english.add(said(made.group(1))));
                }
            }
        }
        assertThat(english).hasSizeGreaterThan(90);
        assertThat(english.stream()
                        .filter(text -> Refusals.in(Locale.GERMAN, text).equals(text))
                        // Names alone; and what is wrong with a file of the whole state, which no page takes.
                        .filter(text -> !text.matches("word(: | is )word")))
                .isEmpty();
    }

    /** With a word in each gap. */
    private static String said(String expression) {
        return expression
                .replaceAll("\"\\s*\\+ \"", "")
                .replaceAll("^[^\"]+ \\+ \"", "\"word")
                .replaceAll("\"\\s*\\+ [^\"]+\\+ \"", "word")
                .replaceAll("\"\\s*\\+ [^\"]+$", "word\"")
                .replaceAll("^\"|\"$", "")
                .replace("\\\"", "\"");
    }
}
