package org.mailroom.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.config.Secrets;

class RoutePasswordsTest {
    private static final String SECRET = "sesame öffne dich";

    @TempDir
    private Path directory;

    private RoutePasswords passwords() {
        return new RoutePasswords(new Secrets(directory.resolve("mailroom.key")));
    }

    private static RoutePlan plan(String domain, String login) throws BadAddress {
        return new RoutePlan(
                domain,
                "",
                List.of(RouteTarget.parse("smtp://smart.test:587")),
                RouteTls.VERIFY,
                login,
                SECRET,
                RouteHold.NONE);
    }

    @Test
    void sealed_password_opens_for_its_route_and_no_other() throws Exception {
        var plan = plan("there.test", "me");
        var sealed = passwords().seal(plan);
        assertThat(Secrets.isSealed(sealed.password())).isTrue();
        assertThat(passwords().open(sealed)).isEqualTo(plan);
        assertThat(passwords()
                        .open(plan("elsewhere.test", "me").with(sealed.password()))
                        .password())
                .isEmpty();
        assertThat(passwords()
                        .open(plan("there.test", "you").with(sealed.password()))
                        .password())
                .isEmpty();
        Files.delete(directory.resolve("mailroom.key"));
        assertThat(passwords().open(sealed).password()).isEmpty();
    }

    @Test
    void table_has_no_password_and_what_it_had_before_is_sealed() throws Exception {
        var database = TestDatabase.fresh();
        var house = new TestHouse(database);
        house.put(RoutePasswords.class, passwords());
        var routes = house.bean(Routes.class);
        house.inTransaction(() -> routes.put(plan("there.test", "me")));
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("INSERT INTO route (domain, target, login, password)"
                    + " VALUES ('old.test', 'smtp://smart.test:587', 'me', '" + SECRET + "')");
            int sealed = house.inTransaction(routes::sealAll);
            assertThat(sealed).isEqualTo(1);
            try (var rows = statement.executeQuery("SELECT password FROM route")) {
                while (rows.next()) {
                    assertThat(Secrets.isSealed(rows.getString(1))).isTrue();
                }
            }
        }
        assertThat(house.inTransaction(routes::list))
                .extracting(RoutePlan::password)
                .containsOnly(SECRET);
        assertThat(house.bean(Directory.class).route("old.test", "").map(RoutePlan::password))
                .hasValue(SECRET);
    }
}
