package org.mailroom.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.authenticity.DkimRotation;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;
import org.mailroom.dns.NameService;

/** Keys are made, published, take each other's place and go, in this order only. */
class DkimAdminTest {
    private final FakeDns zone = new FakeDns();
    private final Dns dns = new Dns(List.of(zone.address()), Duration.ofSeconds(2));
    private final TestHouse house = new TestHouse(TestDatabase.fresh());
    private DkimAdmin admin;

    @BeforeEach
    void domain() throws Exception {
        house.put(NameService.class, new NameService() {
            @Override
            public Dns dns() {
                return dns;
            }
        });
        admin = house.bean(DkimAdmin.class);
        try (var connection = house.shared().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO domain (name) VALUES ('here.test')");
        }
    }

    @AfterEach
    void close() {
        zone.close();
    }

    private <T> T ask(Callable<T> work) throws Exception {
        return house.inTransaction(work);
    }

    private interface Deed {
        void run() throws AdminException;
    }

    private void go(Deed deed) throws Exception {
        ask(() -> {
            deed.run();
            return true;
        });
    }

    private void refused(String text, Deed deed) {
        assertThatThrownBy(() -> go(deed))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining(text);
    }

    private void publish(DkimKeyInfo key) {
        zone.with(key.zoneLine().replace(" IN TXT ", " TXT "));
    }

    private List<String> states() throws Exception {
        return ask(() -> admin.keys("here.test")).stream()
                .map(key -> key.algorithm() + " " + key.state())
                .toList();
    }

    @Test
    void a_domain_gets_one_key_of_each_kind_and_they_sign_once_dns_has_them() throws Exception {
        var made = ask(() -> admin.add("here.test", null));
        assertThat(states()).containsExactly("ed25519 new", "rsa new");
        publish(made.getFirst());
        house.bean(DkimRotation.class).round();
        assertThat(states()).containsExactly("ed25519 active", "rsa new");
        assertThat(ask(() -> admin.look("here.test", made.getFirst().selector()))
                        .seen())
                .isEqualTo("yes");
        refused("waits for its record", () -> admin.add("here.test", "rsa"));
    }

    @Test
    void a_new_key_takes_over_and_the_record_of_the_old_one_stays_a_while() throws Exception {
        var old = ask(() -> admin.add("here.test", "rsa")).getFirst();
        publish(old);
        go(() -> admin.activate("here.test", old.selector(), false));
        var next = ask(() -> admin.add("here.test", null));
        assertThat(next).hasSize(1);
        refused(
                "no record at",
                () -> admin.activate("here.test", next.getFirst().selector(), false));
        refused("signs", () -> admin.remove("here.test", old.selector(), true));
        go(() -> admin.activate("here.test", next.getFirst().selector(), true));
        assertThat(states()).containsExactly("rsa active", "rsa retired");
        assertThat(ask(() -> admin.look("here.test", old.selector())).keepUntil())
                .isNotNull();
        refused("still be on its way", () -> admin.remove("here.test", old.selector(), false));
        go(() -> admin.remove("here.test", old.selector(), true));
        assertThat(states()).containsExactly("rsa active");
    }

    @Test
    void a_record_of_another_key_does_not_do() throws Exception {
        var made = ask(() -> admin.add("here.test", "ed25519")).getFirst();
        zone.with(made.name() + " TXT \"v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\"");
        refused("is not that of the key", () -> admin.activate("here.test", made.selector(), false));
    }

    @Test
    void each_deed_is_written_down_and_never_the_key() throws Exception {
        var made = ask(() -> admin.add("here.test", "ed25519")).getFirst();
        go(() -> admin.activate("here.test", made.selector(), true));
        go(() -> admin.retire("here.test", made.selector()));
        go(() -> admin.remove("here.test", made.selector(), true));
        assertThat(audit())
                .containsExactly(
                        "dkim.add here.test selector=" + made.selector() + " algorithm=ed25519",
                        "dkim.activate here.test selector=" + made.selector() + " unseen",
                        "dkim.retire here.test selector=" + made.selector(),
                        "dkim.remove here.test selector=" + made.selector() + " state=RETIRED");
    }

    private List<String> audit() throws SQLException {
        try (var connection = house.shared().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT action, object, detail FROM audit ORDER BY id")) {
            var lines = new ArrayList<String>();
            while (rows.next()) {
                lines.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
            }
            return lines;
        }
    }
}
