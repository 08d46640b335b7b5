package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.config.Catalogue;

/** What a node finds changed in its settings at a start. */
class SettingHistoryTest {
    private final DataSource database = TestDatabase.fresh();
    private final SettingHistory history = new TestHouse(database).bean(SettingHistory.class);

    @TempDir
    Path folder;

    private static GivenSetting file(String value) {
        return new GivenSetting(value, "file");
    }

    private void start(String node, Map<String, GivenSetting> given) throws Exception {
        history.compare(node, given, null);
    }

    private Page<SettingChange> find(String filter) throws Exception {
        try (var connection = database.getConnection()) {
            return new SettingLog(connection).find(filter, 0, 10);
        }
    }

    private List<String> changes(String filter) throws Exception {
        return find(filter).rows().stream()
                .map(one -> one.node() + " " + one.key() + " " + one.before() + ">" + one.after() + " " + one.source())
                .toList();
    }

    @Test
    void what_differs_from_the_last_start_is_written_down_and_nothing_else() throws Exception {
        start("a", Map.of("mail.smtp.port", file("25"), "mail.hostname", file("mx.test")));
        start("a", Map.of("mail.smtp.port", file("25"), "mail.hostname", file("mx.test")));
        start("a", Map.of("mail.smtp.port", new GivenSetting("26", "environment"), "mail.hostname", file("mx.test")));
        start("a", Map.of("mail.hostname", file("mx.test")));
        start("a", Map.of("mail.hostname", file("mx.test")));
        assertThat(changes(""))
                .containsExactly(
                        "a mail.smtp.port 26> default",
                        "a mail.smtp.port 25>26 environment",
                        "a mail.smtp.port >25 file",
                        "a mail.hostname >mx.test file");
        assertThat(changes("hostname")).containsExactly("a mail.hostname >mx.test file");
        assertThat(find("").total()).isEqualTo(4);
    }

    @Test
    void each_node_has_a_history_of_its_own() throws Exception {
        start("a", Map.of("mail.smtp.port", file("25")));
        start("b", Map.of("mail.smtp.port", file("25")));
        assertThat(changes("")).containsExactly("b mail.smtp.port >25 file", "a mail.smtp.port >25 file");
        assertThat(changes("b")).containsExactly("b mail.smtp.port >25 file");
    }

    @Test
    void of_a_secret_it_is_seen_that_it_changed_and_not_what_it_is() throws Exception {
        var key = "mail.database.password";
        start("a", Map.of(key, file("first")));
        start("a", Map.of(key, file("first")));
        start("a", Map.of(key, file("second")));
        start("a", Map.of());
        assertThat(changes(""))
                .containsExactly("a " + key + " •••> default", "a " + key + " •••>••• file", "a " + key + " >••• file");
        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT string_agg(s::text, ' ') FROM setting_change s")) {
            rows.next();
            assertThat(rows.getString(1)).doesNotContain("first", "second");
        }
    }

    @Test
    void of_the_file_it_is_kept_whose_it_was_and_when_it_was_written() throws Exception {
        var properties = Files.writeString(folder.resolve("mailroom.properties"), "mail.smtp.port=25\n");
        history.compare(
                "a",
                Map.of("mail.smtp.port", file("25"), "mail.domain", new GivenSetting("x.test", "system")),
                properties);
        var change = find("port").rows().getFirst();
        assertThat(change.owner()).isEqualTo(Files.getOwner(properties).getName());
        assertThat(change.written())
                .isEqualTo(Files.getLastModifiedTime(properties)
                        .toInstant()
                        .truncatedTo(java.time.temporal.ChronoUnit.MILLIS));
        var other = find("domain").rows().getFirst();
        assertThat(other.owner()).isEmpty();
        assertThat(other.written()).isNull();
    }

    private static SettingInfo info(
            String key, String value, Map<String, GivenSetting> given, Map<String, String> now) {
        return SettingsAdmin.info(new Catalogue.Entry(key, value, "What it is.", false), given, now);
    }

    @Test
    void what_the_file_says_by_now_waits_for_a_start() {
        var key = "mail.smtp.port";
        var given = Map.of(key, file("25"));
        assertThat(info(key, "2525", given, Map.of(key, "25")).waiting()).isNull();
        assertThat(info(key, "2525", given, Map.of(key, "26")).waiting()).isEqualTo("26");
        assertThat(info(key, "2525", given, Map.of()).waiting()).isEqualTo("2525");
        assertThat(info(key, "2525", Map.of(), Map.of(key, "26")).waiting()).isEqualTo("26");
        assertThat(info(key, "2525", Map.of(), Map.of()).waiting()).isNull();
        var stronger = Map.of(key, new GivenSetting("25", "environment"));
        assertThat(info(key, "2525", stronger, Map.of(key, "26")).waiting()).isNull();
        var secret = "mail.database.password";
        assertThat(info(secret, "", Map.of(secret, file("a")), Map.of(secret, "b"))
                        .waiting())
                .isEqualTo("•••");
    }
}
