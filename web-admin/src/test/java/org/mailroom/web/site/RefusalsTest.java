package org.mailroom.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the house refuses is said in German to whom reads German. */
class RefusalsTest {
    /** Where a refusal is written down; its sentence is the last of what stands in the brackets. */
    private static final Pattern MADE = Pattern.compile(
            "(?:new (?:AdminException|BadAddress|BadSource|BadRule|Unreadable|LoginVerdict\\.Unavailable)"
                    + "|(?:throw|->|return) (?:invalid|missing)|Optional\\.of)\\(");

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
                "Too many failed logins; try again in 4 seconds"
                        + " | Zu viele gescheiterte Anmeldungen; in 4 Sekunden noch einmal versuchen",
                "a@x.test: the account b@x.test gets it | a@x.test: das Konto b@x.test bekommt sie",
                "a@x.test: a sub-address; the account b@x.test gets it, and forwards it to"
                        + " | a@x.test: eine Unteradresse; das Konto b@x.test bekommt sie und leitet sie weiter an",
                "a@x.test: the group b@x.test (members may send) has no members"
                        + " | a@x.test: die Gruppe b@x.test (Mitglieder dürfen senden) hat keine Mitglieder",
                "a@x.test: a sub-address; somebody's | a@x.test: a sub-address; somebody's",
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
        for (var room : new String[] {"admin", "feedback", "directory", "ldap", "rules", "login/LoginCheck.java"}) {
            try (var files = Files.walk(house.resolve(room))) {
                for (var one : files.filter(RefusalsTest::refusesOnPages).toList()) {
                    var code = Files.readString(one);
                    MADE.matcher(code)
                            .results()
                            .map(made -> parts(code.substring(made.end()), ',').getLast())
                            .flatMap(RefusalsTest::sentences)
                            .forEach(english::add);
                }
            }
        }
        assertThat(english).hasSizeGreaterThan(200);
        assertThat(english.stream()
                        .filter(text -> Refusals.in(Locale.GERMAN, text).equals(text))
                        // Names alone, and what others say.
                        .filter(text -> !text.matches("word((: | is )word)?")))
                .isEmpty();
    }

    /** What is wrong with a file of the whole state no page tells. */
    private static boolean refusesOnPages(Path file) {
        return Files.isRegularFile(file) && !file.getFileName().toString().startsWith("State");
    }

    /** Of what becomes of mail for an address, also what only few addresses get to hear. */
    @Test
    void every_word_about_an_address_is_in_the_table() throws IOException {
        var code = Files.readString(Path.of("../ejb/src/main/java/org/mailroom/directory/Words.java"));
        var table = Files.readString(Path.of("src/main/resources/org/mailroom/web/refusals_de.txt"));
        var words = Pattern.compile("\"([^\"]*)\"")
                .matcher(code)
                .results()
                .flatMap(text -> Stream.of(text.group(1).split(";")))
                .map(text -> text.replaceAll("^[ ,()]+|[ ,()]+$", ""))
                .filter(text -> !text.isEmpty())
                .toList();
        assertThat(words).contains("leads nowhere", "a sub-address").allMatch(table::contains);
    }

    /** What an expression says, with a word in each gap; of two that it chooses from, both. */
    private static Stream<String> sentences(String expression) {
        var choice = parts(expression, '?');
        return choice.size() == 2
                ? parts(choice.getLast(), ':').stream().flatMap(RefusalsTest::sentences)
                : Stream.of(
                        parts(expression, '+').stream().map(RefusalsTest::said).collect(Collectors.joining()));
    }

    private static String said(String part) {
        var text = part.strip();
        return text.startsWith("\"")
                ? text.substring(1, text.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\")
                : "word";
    }

    /** Up to the bracket that ends it, divided where no other bracket is open. */
    private static List<String> parts(String code, char divider) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int begin = 0;
        boolean quoted = false;
        for (int i = 0; i < code.length(); i++) {
            char letter = code.charAt(i);
            if (letter == '\\') {
                i++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && (letter == '(' || letter == ')')) {
                depth += letter == '(' ? 1 : -1;
            }
            if (depth < 0 || !quoted && depth == 0 && letter == divider) {
                parts.add(code.substring(begin, i));
                begin = i + 1;
            }
            if (depth < 0) {
                return parts;
            }
        }
        parts.add(code.substring(begin));
        return parts;
    }
}
