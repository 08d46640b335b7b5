package org.mailroom.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How long a search takes among the traces of a million messages of thirty days. The name
 * keeps it out of the tests: {@code mvn -pl ejb test -Dtest=TraceBench}.
 */
class TraceBench {
    private static final int MESSAGES = Integer.getInteger("bench.messages", 1_000_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 11);
    private static final int DAYS = 30;

    /** The last page of those that are counted. */
    private static final int DEEP = TraceSearch.MOST - 25;

    // Three rows a message. Every hundredth was refused, every thousandth failed; a word in ten thousand is rare.
    private static final String FILL = """
            INSERT INTO trace (at, queue_id, session, step, sender, recipient, client, rule, reply, detail)
            SELECT m.at + s.n * interval '3 milliseconds',
                CASE WHEN i %% 100 = 7 THEN NULL ELSE 'Q' || lpad(i::text, 11, '0') END,
                's' || (i / 3), w.step, 'user' || (i %% 20011) || '@d' || (i %% 997) || '.example',
                CASE WHEN w.step = 'received' THEN '' ELSE 'box' || (i %% 5003) || '@here.example' END,
                '[192.0.' || (i %% 251) || '.' || (i %% 13) || ']:' || (20000 + i %% 40000), '',
                CASE w.step WHEN 'refused' THEN '550 5.1.1 No such mailbox' WHEN 'failed' THEN '550 5.7.1 Not wanted here' ELSE '' END,
                CASE WHEN w.step IN ('received', 'refused') THEN 'helo=host' || (i %% 997) || '.example tls=TLSv1.3 size='
                    || (i %% 90000) || ' message-id=<' || md5(i::text) || '@d' || (i %% 997) || '.example> subject='
                    || (ARRAY['Minutes of the meeting', 'Your invoice', 'Order confirmed', 'Lunch on Friday', 'Re: offer'])[1 + i %% 5]
                    || ' ' || i || CASE WHEN i %% 10000 = 0 THEN ' zanzibar' ELSE '' END ELSE 'INBOX' END
            FROM generate_series(%d, %d) i
            CROSS JOIN LATERAL (SELECT timestamptz '%s 00:00:00+00' + (i %% 86000) * interval '1 second' AS at) m
            CROSS JOIN generate_series(0, 2) s(n)
            CROSS JOIN LATERAL (SELECT CASE WHEN i %% 100 = 7 THEN CASE s.n WHEN 0 THEN 'refused' END
                WHEN s.n = 0 THEN 'received' WHEN s.n = 1 THEN CASE WHEN i %% 1000 = 3 THEN 'queued' ELSE 'checked' END
                ELSE CASE WHEN i %% 1000 = 3 THEN 'failed' WHEN i %% 4 = 1 THEN 'relayed' ELSE 'delivered' END END AS step) w
            WHERE w.step IS NOT NULL""";

    /** One that an earlier run has filled, or an empty one. */
    private static final int FILLED = Integer.getInteger("bench.port", 0);

    private final DataSource database = FILLED == 0 ? TestDatabase.fresh() : filled();
    private double worst;

    /** Where the page begins that is asked for. */
    private int page;

    private static DataSource filled() {
        var source = new PGSimpleDataSource();
        source.setPortNumbers(new int[] {FILLED});
        source.setDatabaseName("test1");
        source.setUser("mailroom");
        return source;
    }

    private interface Search {
        TraceSearch.Wanted wanted();
    }

    @Test
    void measure() throws Exception {
        if (FILLED == 0) {
            fill();
        }
        measure("newest", () -> wanted("", "", "", "", ""));
        measure("sender", () -> wanted("", "user77@d77.example", "", "", ""));
        measure("part of a sender", () -> wanted("", "user777@d", "", "", ""));
        measure("recipient", () -> wanted("", "", "box123@here.example", "", ""));
        measure("part of a recipient", () -> wanted("", "", "box4999@", "", ""));
        measure("sender and recipient", () -> wanted("", "user77@d77.example", "box77@here.example", "", ""));
        measure("queue id", () -> wanted("Q00000123456", "", "", "", ""));
        measure("Message-ID", () -> wanted("202cb962ac59075b964b07152d234b70@d123.example", "", "", "", ""));
        measure("rare word of the subject", () -> wanted("zanzibar", "", "", "", ""));
        measure("common words of the subject", () -> wanted("minutes of the meeting", "", "", "", ""));
        measure("word that nobody wrote", () -> wanted("nothing like it", "", "", "", ""));
        measure("client", () -> wanted("", "", "", "192.0.250.12", ""));
        measure("failed", () -> wanted("", "", "", "", "failed"));
        measure("refused", () -> wanted("", "", "", "", "refused"));
        measure("delivered to a recipient", () -> wanted("", "", "box123@here.example", "", "delivered"));
        measure("session", () -> new TraceSearch.Wanted("", "", "", "", "s41152", "", null, null, null));
        var noon = TracePartitions.today().minusDays(DAYS / 2).atTime(12, 0).toInstant(ZoneOffset.UTC);
        measure("an hour two weeks ago", () -> between(noon, ""));
        measure("failed in that hour", () -> between(noon, "failed"));
        measure(
                "of a domain, as its administrator",
                () -> new TraceSearch.Wanted("", "", "", "", "", "", null, null, Set.of("d77.example")));
        page = DEEP;
        measure("newest, a deep page", () -> wanted("", "", "", "", ""));
        measure("sender's domain, a deep page", () -> wanted("", "@d77.example", "", "", ""));
        measure("refused, a deep page", () -> wanted("", "", "", "", "refused"));
        measure("common words, a deep page", () -> wanted("minutes of the meeting", "", "", "", ""));
        System.out.printf(Locale.ROOT, "slowest median: %.0f ms%n", worst);
    }

    private static TraceSearch.Wanted wanted(
            String text, String sender, String recipient, String client, String status) {
        return new TraceSearch.Wanted(text, sender, recipient, client, "", status, null, null, null);
    }

    private static TraceSearch.Wanted between(Instant hour, String status) {
        return new TraceSearch.Wanted("", "", "", "", "", status, hour, hour.plusSeconds(3600), null);
    }

    private void fill() throws SQLException {
        var today = TracePartitions.today();
        var partitions = new TracePartitions(database);
        for (int back = DAYS; back > 0; back -= TracePartitions.AHEAD) {
            partitions.tend(today.minusDays(back), 2 * DAYS);
        }
        long began = System.nanoTime();
        int each = MESSAGES / DAYS;
        for (int day = 0; day < DAYS; day++) {
            execute(FILL.formatted(day * each, (day + 1) * each - 1, day(today, day)));
        }
        System.out.printf(Locale.ROOT, "filled in %d s%n", (System.nanoTime() - began) / 1_000_000_000);
        began = System.nanoTime();
        partitions.tend(today, 2 * DAYS);
        execute("ANALYZE trace");
        System.out.printf(Locale.ROOT, "indexed and analyzed in %d s%n", (System.nanoTime() - began) / 1_000_000_000);
    }

    /** The last day is today, without the index of letters. */
    private static LocalDate day(LocalDate today, int number) {
        return today.minusDays(DAYS - 1 - number);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void measure(String name, Search search) throws SQLException {
        var times = new ArrayList<Double>();
        long total = 0;
        try (var connection = database.getConnection()) {
            for (int round = 0; round <= ROUNDS; round++) {
                long began = System.nanoTime();
                total = new TraceSearch(connection)
                        .search(search.wanted(), page, 25)
                        .total();
                times.add((System.nanoTime() - began) / 1e6);
            }
        }
        print(name, total, times);
        assertThat(total).isNotNegative();
    }

    private void print(String name, long total, List<Double> times) {
        double first = times.removeFirst();
        Collections.sort(times);
        worst = Math.max(worst, times.get(times.size() / 2));
        System.out.printf(
                Locale.ROOT,
                "%-34s %5d found  first %4.0f ms, then median %4.0f (%.0f to %.0f)%n",
                name,
                total,
                first,
                times.get(times.size() / 2),
                times.getFirst(),
                times.getLast());
    }
}
