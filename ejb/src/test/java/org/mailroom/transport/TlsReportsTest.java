package org.mailroom.transport;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.contract.relay.TlsTrouble;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;

/** RFC 8460: what was counted, and what is told of it. */
class TlsReportsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final FakeDns names = new FakeDns();

    @AfterEach
    void close() {
        names.close();
    }

    @Test
    void day_is_reported_once_to_those_who_asked() throws Exception {
        names.with(
                "_smtp._tls.there.test TXT \"v=TLSRPTv1; rua=mailto:tls@there.test!1m,https://there.test/r,ftp://x\"");
        var database = TestDatabase.fresh();
        var results = new TlsResults(true, CLOCK);
        var sts = new Protection(
                Protection.Kind.STS,
                TlsDemand.VERIFIED,
                false,
                true,
                List.of("version: STSv1", "mode: enforce", "mx: *.there.test"));
        for (int i = 0; i < 2; i++) {
            results.count("there.test", sts, "mx.there.test", Optional.empty());
            results.count("there.test", sts, "mx.there.test", Optional.of(TlsTrouble.EXPIRED));
            results.count("there.test", "sts-policy-fetch-error");
            results.count("silent.test", Protection.OPPORTUNISTIC, "mx.silent.test", Optional.empty());
            results.flush(database);
        }
        var settings = new TransportSettings(
                Demand.MAY,
                true,
                true,
                Duration.ofSeconds(1),
                true,
                "postmaster@here.test",
                "mail.here.test",
                Duration.ofDays(60),
                Authorities.OF_PLATFORM);
        var reports = new TlsReports(database, new Dns(List.of(names.address()), Duration.ofSeconds(1)), settings);
        assertThat(reports.take(DAY)).isEmpty();
        var taken = reports.take(DAY.plusDays(1));
        assertThat(taken).hasSize(1);
        var report = taken.getFirst();
        assertThat(report.addresses()).containsExactly("tls@there.test");
        assertThat(report.places()).hasSize(2);
        assertThat(report.fileName()).isEqualTo("mail.here.test!there.test!1772323200!1772409599.json.gz");
        try (var reader = Json.createReader(new StringReader(report.json()))) {
            var policy = reader.readObject().getJsonArray("policies").getJsonObject(0);
            assertThat(policy.getJsonObject("policy").getString("policy-type")).isEqualTo("sts");
            assertThat(policy.getJsonObject("policy").getJsonArray("policy-string"))
                    .hasSize(3);
            assertThat(policy.getJsonObject("policy").getJsonArray("mx-host").getString(0))
                    .isEqualTo("*.there.test");
            assertThat(policy.getJsonObject("summary").getInt("total-successful-session-count"))
                    .isEqualTo(2);
            var failure = policy.getJsonArray("failure-details").getJsonObject(1);
            assertThat(failure.getString("result-type")).isEqualTo("certificate-expired");
            assertThat(failure.getInt("failed-session-count")).isEqualTo(2);
            assertThat(policy.getJsonArray("failure-details").getJsonObject(0))
                    .doesNotContainKey("receiving-mx-hostname");
        }
        assertThat(reports.take(DAY.plusDays(1))).isEmpty();
        try (var connection = database.getConnection()) {
            assertThat(TlsTable.sums(connection, DAY, 10))
                    .containsExactly(new TlsSum("there.test", 6, 4), new TlsSum("silent.test", 2, 0));
            assertThat(TlsTable.list(connection, "silent.test", DAY, 10))
                    .singleElement()
                    .satisfies(row -> assertThat(row.reported()).isTrue());
            TlsTable.drop(connection, DAY.plusDays(1));
            assertThat(TlsTable.sums(connection, DAY, 10)).isEmpty();
        }
    }

    @Test
    void nothing_is_counted_where_reports_are_off() throws Exception {
        var database = TestDatabase.fresh();
        var results = new TlsResults(false, CLOCK);
        results.count("there.test", Protection.OPPORTUNISTIC, "mx.there.test", Optional.empty());
        results.flush(database);
        try (var connection = database.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT 1 FROM tls_result")) {
            assertThat(rows.next()).isFalse();
        }
    }
}
