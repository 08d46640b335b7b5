package org.mailroom.transport;

import java.sql.Date;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.mailroom.contract.relay.TlsTrouble;

/** Counts how connections went, by day, domain and policy (RFC 8460 §4); in memory first, so that a message costs nothing. */
public final class TlsResults {
    /** Further ones of the minute are not counted: a report is a hint, not an account. */
    private static final int MOST = 20_000;

    /** Counts nothing. */
    public static final TlsResults OFF = new TlsResults(false, Clock.systemUTC());

    private final boolean on;
    private final Clock clock;
    private final ConcurrentHashMap<Key, Long> counts = new ConcurrentHashMap<>();

    /** @param trouble a result type of RFC 8460 §4.3, or empty where all went well */
    private record Key(LocalDate day, String domain, String kind, String policy, String host, String trouble) {}

    TlsResults(boolean on, Clock clock) {
        this.on = on;
        this.clock = clock;
    }

    /** One connection. */
    public void count(String domain, Protection protection, String host, Optional<TlsTrouble> trouble) {
        if (on) {
            var policy = String.join("\n", protection.policy());
            count(
                    domain,
                    protection.kind(),
                    policy,
                    host,
                    trouble.map(TlsResults::name).orElse(""));
        }
    }

    /** One that was not tried. */
    public void count(String domain, String host, Decision.Skip skip) {
        count(domain, skip.kind(), "", host, skip.result());
    }

    /** @param result a type of RFC 8460 §4.3: a policy that could not be had */
    void count(String domain, String result) {
        count(domain, Protection.Kind.STS, "", "", result);
    }

    private void count(String domain, Protection.Kind kind, String policy, String host, String result) {
        if (on && counts.size() < MOST) {
            var day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            counts.merge(new Key(day, domain, kind.toString(), policy, host, result), 1L, Long::sum);
        }
    }

    private static String name(TlsTrouble trouble) {
        return switch (trouble) {
            case NOT_OFFERED -> "starttls-not-supported";
            case OTHER_NAME -> "certificate-host-mismatch";
            case EXPIRED -> "certificate-expired";
            case NOT_TRUSTED -> "certificate-not-trusted";
            case NO_MATCH -> "tlsa-invalid";
            case HANDSHAKE -> "validation-failure";
        };
    }

    /** Adds what was counted to the table, in one transaction; what cannot be written stays for the next time. */
    void flush(DataSource database) throws SQLException {
        var taken = new ArrayList<Map.Entry<Key, Long>>();
        for (var key : counts.keySet()) {
            var count = counts.remove(key);
            if (count != null) {
                taken.add(Map.entry(key, count));
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        try {
            write(database, taken);
        } catch (SQLException e) {
            taken.forEach(entry -> counts.merge(entry.getKey(), entry.getValue(), Long::sum));
            throw e;
        }
    }

    private static void write(DataSource database, ArrayList<Map.Entry<Key, Long>> taken) throws SQLException {
        // The same order on every node, so that two cannot wait for each other.
        taken.sort(java.util.Comparator.comparing(entry -> entry.getKey().toString()));
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        INSERT INTO tls_result (day, domain, kind, policy, host, trouble, sessions)
                        SELECT * FROM unnest(?::date[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                        ON CONFLICT (day, domain, kind, host, trouble) DO UPDATE
                        SET sessions = tls_result.sessions + excluded.sessions, policy = excluded.policy""")) {
            insert.setArray(1, connection.createArrayOf("date", column(taken, key -> Date.valueOf(key.day()))));
            insert.setArray(2, connection.createArrayOf("text", column(taken, Key::domain)));
            insert.setArray(3, connection.createArrayOf("text", column(taken, Key::kind)));
            insert.setArray(4, connection.createArrayOf("text", column(taken, Key::policy)));
            insert.setArray(5, connection.createArrayOf("text", column(taken, Key::host)));
            insert.setArray(6, connection.createArrayOf("text", column(taken, Key::trouble)));
            insert.setArray(
                    7,
                    connection.createArrayOf(
                            "bigint", taken.stream().map(Map.Entry::getValue).toArray()));
            insert.executeUpdate();
        }
    }

    private static Object[] column(
            ArrayList<Map.Entry<Key, Long>> taken, java.util.function.Function<Key, Object> value) {
        return taken.stream().map(Map.Entry::getKey).map(value).toArray();
    }
}
