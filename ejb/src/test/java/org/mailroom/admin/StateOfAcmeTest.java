package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.acme.Orders;
import org.mailroom.acme.TestOrders;
import org.mailroom.config.Secrets;
import org.mailroom.house.CertificateFiles;

/** From which authority certificates are ordered, in a state that is written down. */
class StateOfAcmeTest {
    private static final String TERMS = "https://acme.test/terms";
    private static final String WISH = """
            {"acme": [{"directory": "https://acme.test/dir", "terms": "https://acme.test/terms",
                       "contact": "Root@Example.test", "names": ["mail.example.test", "IMAP.example.test"]}]}""";

    @TempDir
    private Path folder;

    private final DataSource database = TestDatabase.fresh();
    private final TestHouse house = new TestHouse(database);
    private StateAdmin admin;

    @BeforeEach
    void open() {
        var secrets = new Secrets(folder.resolve("key"));
        house.put(Secrets.class, secrets);
        house.put(Orders.class, TestOrders.whoseTermsAre(TERMS, house.shared(), secrets));
        house.put(CertificateFiles.class, new CertificateFiles() {
            @Override
            public boolean chosen() {
                return false;
            }

            @Override
            public String hostname() {
                return "host.example.test";
            }
        });
        admin = house.bean(StateAdmin.class);
    }

    private List<StateChange> apply(String text, boolean dryRun, boolean prune) throws Exception {
        var wish = Json.createReader(new StringReader(text)).readObject();
        return house.inTransaction(() -> admin.apply(wish, dryRun, prune)).changes();
    }

    private List<String> apply(String text) throws Exception {
        return apply(text, false, false).stream()
                .flatMap(change -> change.fields().stream()
                        .map(field ->
                                change.deed() + " " + field.field() + ": " + field.before() + " -> " + field.after()))
                .toList();
    }

    @Test
    void it_is_set_up_once_and_told_field_by_field() throws Exception {
        assertThat(apply(WISH, true, false)).hasSize(1);
        assertThat(apply(WISH))
                .containsExactly(
                        "add directory:  -> https://acme.test/dir",
                        "add terms:  -> https://acme.test/terms",
                        "add contact:  -> Root@example.test",
                        "add names:  -> [imap.example.test, mail.example.test]");
        assertThat(apply(WISH)).isEmpty();
        assertThat(apply("{\"acme\": [{\"names\": []}]}")).isEmpty();
        assertThat(apply("{\"acme\": [{\"directory\": \"https://other.test/dir\", \"names\": [\"a.example.test\"]}]}"))
                .containsExactly(
                        "change directory: https://acme.test/dir -> https://other.test/dir",
                        "change names: [imap.example.test, mail.example.test] -> [a.example.test]");
    }

    @Test
    void what_is_exported_brings_it_about_and_holds_no_key() throws Exception {
        apply(WISH);
        var state = house.inTransaction(() -> admin.present(List.of("acme")));
        assertThat(state.get("acme").getFirst()).containsOnlyKeys("directory", "terms", "contact", "names");
        var text = Json.createObjectBuilder(new LinkedHashMap<String, Object>(state))
                .build()
                .toString();
        assertThat(apply(text, true, true)).isEmpty();
        assertThat(apply("{\"acme\": []}", false, true))
                .extracting(StateChange::deed)
                .containsExactly("remove");
        assertThat(house.inTransaction(() -> admin.present(List.of("acme"))).get("acme"))
                .isEmpty();
    }

    @Test
    void without_names_it_is_for_the_server_itself() throws Exception {
        var wish = "{\"acme\": [{\"directory\": \"https://acme.test/dir\", \"terms\": \"" + TERMS + "\"}]}";
        apply(wish);
        assertThat(apply(wish)).isEmpty();
        assertThat(house.inTransaction(() -> admin.present(List.of("acme")))
                        .get("acme")
                        .getFirst()
                        .get("names"))
                .isEqualTo(List.of("host.example.test"));
    }

    @Test
    void whoever_did_not_agree_or_asks_for_what_cannot_be_is_refused_before_anything_is_done() throws Exception {
        for (var wrong : new String[][] {
            {"\"directory\": \"https://acme.test/dir\"", "agree to its terms of service: " + TERMS},
            {"\"directory\": \"https://acme.test/dir\", \"terms\": \"old\"", "terms of service: " + TERMS},
            {"\"directory\": \"http://acme.test/dir\"", "A directory is a URL"},
            {"\"names\": [\"mail.example.test\"]", "A directory is a URL"},
            {"\"directory\": \"https://acme.test/dir\", \"names\": [\"*.example.test\"]", "is no name such as"},
            {"\"directory\": \"https://acme.test/dir\"}, {\"terms\": \"x\"", "there is one at most"}
        }) {
            var text = "{\"domains\": [{\"name\": \"new.test\"}], \"acme\": [{" + wrong[0] + "}]}";
            for (boolean dryRun : new boolean[] {true, false}) {
                assertThatThrownBy(() -> apply(text, dryRun, false)).hasMessageContaining(wrong[1]);
            }
        }
        assertThat(house.inTransaction(() -> admin.present(List.of("domains"))).get("domains"))
                .isEmpty();
    }
}
