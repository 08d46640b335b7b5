package org.mailroom.transport;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/** Makes the reports of days that are over (RFC 8460 §4), once: whoever takes a day first, reports it. */
final class TlsReports {
    /** More places for one domain are not served. */
    private static final int MOST_PLACES = 3;

    private static final String RECORD = "v=TLSRPTv1";

    private final DataSource database;
    private final Dns dns;
    private final TransportSettings settings;

    TlsReports(DataSource database, Dns dns, TransportSettings settings) {
        this.database = database;
        this.dns = dns;
        this.settings = settings;
    }

    private record Key(LocalDate day, String domain) {}

    private record Row(String kind, String policy, String host, String trouble, long sessions) {}

    /** All that are due, each in one transaction's keeping: nobody else has them. */
    List<TlsReport> take(LocalDate before) throws SQLException {
        var days = new LinkedHashMap<Key, List<Row>>();
        try (var connection = database.getConnection()) {
            read(connection, before, days);
        }
        var reports = new ArrayList<TlsReport>();
        days.forEach((key, rows) -> report(key, rows).ifPresent(reports::add));
        return reports;
    }

    private static void read(Connection connection, LocalDate before, Map<Key, List<Row>> days) throws SQLException {
        try (var take = connection.prepareStatement("""
                WITH due AS (UPDATE tls_result SET reported = true WHERE day < ? AND NOT reported RETURNING *)
                SELECT day, domain, kind, policy, host, trouble, sessions FROM due
                ORDER BY day, domain, kind, host, trouble""")) {
            take.setDate(1, Date.valueOf(before));
            try (var rows = take.executeQuery()) {
                while (rows.next()) {
                    days.computeIfAbsent(
                                    new Key(rows.getDate(1).toLocalDate(), rows.getString(2)), key -> new ArrayList<>())
                            .add(new Row(
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getString(6),
                                    rows.getLong(7)));
                }
            }
        }
    }

    private Optional<TlsReport> report(Key key, List<Row> rows) {
        var places = places(key.domain());
        if (places.isEmpty()) {
            return Optional.empty();
        }
        var id = key.day() + "_" + key.domain() + "@" + settings.hostname();
        var policies = Json.createArrayBuilder();
        var byKind = new LinkedHashMap<String, List<Row>>();
        rows.forEach(row ->
                byKind.computeIfAbsent(row.kind(), kind -> new ArrayList<>()).add(row));
        byKind.forEach((kind, those) -> policies.add(policy(key.domain(), kind, those)));
        var json = Json.createObjectBuilder()
                .add("organization-name", settings.hostname())
                .add(
                        "date-range",
                        Json.createObjectBuilder()
                                .add("start-datetime", key.day() + "T00:00:00Z")
                                .add("end-datetime", key.day() + "T23:59:59Z"))
                .add("contact-info", settings.contact())
                .add("report-id", id)
                .add("policies", policies)
                .build();
        return Optional.of(new TlsReport(
                key.domain(), key.day(), id, settings.hostname(), settings.contact(), json.toString(), places));
    }

    private static JsonObject policy(String domain, String kind, List<Row> rows) {
        var text = Json.createArrayBuilder();
        var published = published(rows);
        published.forEach(text::add);
        var hosts = Json.createArrayBuilder();
        hosts(rows).distinct().forEach(hosts::add);
        var policy = Json.createObjectBuilder().add("policy-type", kind).add("policy-domain", domain);
        if (!published.isEmpty()) {
            policy.add("policy-string", text);
        }
        var made = Json.createObjectBuilder()
                .add("policy", policy.add("mx-host", hosts))
                .add(
                        "summary",
                        Json.createObjectBuilder()
                                .add("total-successful-session-count", sum(rows, true))
                                .add("total-failure-session-count", sum(rows, false)));
        if (sum(rows, false) > 0) {
            made.add("failure-details", failures(rows));
        }
        return made.build();
    }

    /** As it was for the connections that were made; where none was, nobody knows it. */
    private static List<String> published(List<Row> rows) {
        return rows.stream()
                .map(Row::policy)
                .filter(policy -> !policy.isEmpty())
                .findFirst()
                .map(policy -> policy.lines().toList())
                .orElse(List.of());
    }

    /** RFC 8460 §4.4: the patterns of an MTA-STS policy, otherwise the hosts that were met. */
    private static Stream<String> hosts(List<Row> rows) {
        var patterns = published(rows).stream()
                .filter(line -> line.matches("mx\\s*:.*"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
        return patterns.isEmpty() ? rows.stream().map(Row::host).filter(host -> !host.isEmpty()) : patterns.stream();
    }

    private static long sum(List<Row> rows, boolean good) {
        return rows.stream()
                .filter(row -> row.trouble().isEmpty() == good)
                .mapToLong(Row::sessions)
                .sum();
    }

    private static JsonArrayBuilder failures(List<Row> rows) {
        var details = Json.createArrayBuilder();
        rows.stream()
                .filter(row -> !row.trouble().isEmpty())
                .map(TlsReports::failure)
                .forEach(details::add);
        return details;
    }

    private static JsonObjectBuilder failure(Row row) {
        var failure = Json.createObjectBuilder().add("result-type", row.trouble());
        if (!row.host().isEmpty()) {
            failure.add("receiving-mx-hostname", row.host());
        }
        return failure.add("failed-session-count", row.sessions());
    }

    /** Where the domain wants them (RFC 8460 §3): mailto and https addresses. */
    private List<String> places(String domain) {
        if (!(dns.texts("_smtp._tls." + domain) instanceof Answer.Found<String> found)) {
            return List.of();
        }
        var records =
                found.values().stream().filter(text -> text.startsWith(RECORD)).toList();
        if (records.size() != 1) {
            return List.of();
        }
        return java.util.Arrays.stream(records.getFirst().split(";"))
                .map(String::strip)
                .filter(field -> field.startsWith("rua="))
                .flatMap(field -> java.util.Arrays.stream(field.substring(4).split(",")))
                .map(String::strip)
                .filter(place -> place.startsWith("mailto:") || place.startsWith("https://"))
                .limit(MOST_PLACES)
                .toList();
    }
}
