package org.mailroom.ldap;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.config.Secrets;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.SourcedAccounts.Kept;
import org.mailroom.directory.SourcedAccounts.Known;
import org.mailroom.directory.SourcedAccounts.Person;

/** The sample company in a directory in memory, our tables, and the beans between them, with transactions as in the server. */
final class TestCompany implements AutoCloseable {
    static final String SEARCHER = "cn=mailroom";
    static final String SECRET = "search me";

    final DataSource database = TestDatabase.fresh();
    final TestHouse house = new TestHouse(database);
    final InMemoryDirectoryServer server;
    final ValuesInParts values = new ValuesInParts();
    final Secrets secrets = new Secrets(key());
    final Sources sources;
    final Newcomers newcomers;
    final LdapDirectory directory;

    TestCompany(String... mapping) throws Exception {
        var config = new InMemoryDirectoryServerConfig(SampleCompany.BASE);
        config.addAdditionalBindCredentials(SEARCHER, SECRET);
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("plain", 0));
        config.addInMemoryOperationInterceptor(values);
        server = new InMemoryDirectoryServer(config);
        server.startListening();
        for (var entry : SampleCompany.entries()) {
            server.add(entry);
        }
        sql("INSERT INTO domain (name) VALUES ('corp.test')");
        sources = transactional(house.bean(Sources.class));
        newcomers = transactional(house.bean(Newcomers.class));
        directory = new LdapDirectory(
                sources,
                newcomers,
                secrets,
                new LdapSettings(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(2),
                        12,
                        Duration.ofMillis(50),
                        Duration.ofMinutes(5)));
        put(plan(mapping));
    }

    SourcePlan plan(String... mapping) throws Exception {
        var lines = new java.util.LinkedHashMap<String, String>();
        for (var line : mapping) {
            lines.put(line.split("=", 2)[0].strip(), line.split("=", 2)[1].strip());
        }
        return new SourcePlan(
                0,
                "corp",
                List.of("corp.test"),
                List.of("ldap://127.0.0.1:" + server.getListenPort()),
                false,
                "",
                SEARCHER,
                secrets.seal("directory corp", SECRET),
                SampleCompany.BASE,
                Mapping.parse(Preset.OPENLDAP.mapping()).with(Map.copyOf(lines)),
                false,
                0,
                10,
                true);
    }

    void put(SourcePlan plan) throws Exception {
        sources.put(plan.checked());
        directory.expire();
    }

    void sql(String sql) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    String select(String sql) throws Exception {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var lines = new java.util.ArrayList<String>();
            while (rows.next()) {
                lines.add(String.valueOf(rows.getObject(1)));
            }
            return String.join(" ", lines);
        }
    }

    <T> T in(Callable<T> work) {
        try {
            return house.inTransaction(work);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path key() {
        try {
            return Files.createTempDirectory("key").resolve("mailroom.key");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Sources transactional(Sources bean) {
        return new Sources() {
            @Override
            public List<SourcePlan> all() {
                return in(bean::all);
            }

            @Override
            public java.util.Optional<SourcePlan> find(String name) {
                return in(() -> bean.find(name));
            }

            @Override
            public java.util.Optional<String> put(SourcePlan plan) {
                return in(() -> bean.put(plan));
            }

            @Override
            public boolean remove(String name) {
                return in(() -> bean.remove(name));
            }

            @Override
            public void ran(long source, SyncRun run) {
                in(() -> {
                    bean.ran(source, run);
                    return true;
                });
            }

            @Override
            public List<SyncRun> runs(long source, int most) {
                return in(() -> bean.runs(source, most));
            }
        };
    }

    private Newcomers transactional(Newcomers bean) {
        return new Newcomers() {
            @Override
            public Kept keep(SourcePlan plan, Person person, boolean dry) {
                return in(() -> bean.keep(plan, person, dry));
            }

            @Override
            public @Nullable Known unchanged(SourcePlan plan, Person person) {
                return orNull(() -> bean.unchanged(plan, person));
            }

            @Override
            public List<Known> all(SourcePlan plan) {
                return in(() -> bean.all(plan));
            }

            @Override
            public void seen(SourcePlan plan, List<AccountId> who) {
                in(() -> {
                    bean.seen(plan, who);
                    return true;
                });
            }

            @Override
            public void gone(SourcePlan plan, Known known, boolean dry) {
                in(() -> {
                    bean.gone(plan, known, dry);
                    return true;
                });
            }

            @Override
            public @Nullable String group(
                    SourcePlan plan, MailAddress address, String displayName, Set<String> members, boolean dry) {
                return orNull(() -> bean.group(plan, address, displayName, members, dry));
            }

            @Override
            public List<MailAddress> groups(SourcePlan plan) {
                return in(() -> bean.groups(plan));
            }
        };
    }

    /** As {@link #in}; the answer may be null. */
    private <T> @Nullable T orNull(Callable<@Nullable T> work) {
        var answer = in(() -> java.util.Optional.ofNullable(work.call()));
        return answer.orElse(null);
    }

    @Override
    public void close() {
        directory.close();
        server.shutDown(true);
    }
}
