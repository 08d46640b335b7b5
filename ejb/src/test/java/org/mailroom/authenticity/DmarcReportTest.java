package org.mailroom.authenticity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.TestHouse;
import org.mailroom.dns.Dns;
import org.mailroom.dns.FakeDns;
import org.mailroom.dns.NameService;
import org.w3c.dom.Document;

/** What the owner of a domain is told of a day (RFC 9990). */
class DmarcReportTest {
    private static final String RECORD = "v=DMARC1; p=reject; rua=mailto:dmarc@strict.test!10m, mailto:x@other.test";

    private final FakeDns zone = new FakeDns();
    private final Dns dns = new Dns(List.of(zone.address()), Duration.ofSeconds(2));
    private final TestHouse house = new TestHouse(TestDatabase.fresh());
    private final DmarcCounts counts = house.bean(DmarcCounts.class);
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @BeforeEach
    void count() throws Exception {
        var spf = new SpfResult(Result.FAIL, "evil.test", false, "");
        var dkim = List.of(new DkimResult(Result.PASS, "strict.test", "s1", "@strict.test", "rsa-sha256", "", ""));
        var record = DmarcRecord.of("strict.test", RECORD);
        var failed =
                new DmarcResult(Result.FAIL, "news.strict.test", record, DmarcRecord.Wish.REJECT, false, false, "");
        var passed = new DmarcResult(Result.PASS, "strict.test", record, DmarcRecord.Wish.NONE, true, false, "");
        var source = InetAddress.getByName("192.0.2.9");
        for (int i = 0; i < 3; i++) {
            counts.count(source, new Findings(spf, List.of(), failed, ArcResult.NONE), "none", "local_policy");
        }
        counts.count(source, new Findings(spf, dkim, passed, ArcResult.NONE), "pass", "");
        counts.write();
    }

    @AfterEach
    void close() {
        zone.close();
    }

    private DmarcReports reports() {
        var settings = new DmarcSettings(Duration.ofDays(60), true, "mail.here.test", "postmaster@here.test");
        var names = new NameService() {
            @Override
            public Dns dns() {
                return dns;
            }
        };
        return new DmarcReports(house.shared(), names, settings);
    }

    private static Document xml(DmarcReport report) throws Exception {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(report.compressed()))) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(in.readAllBytes()));
        }
    }

    private static String text(Document xml, String element, int number) {
        return xml.getElementsByTagName(element).item(number).getTextContent();
    }

    @Test
    void a_day_that_is_over_is_reported_once_with_all_that_was_counted() throws Exception {
        assertThat(reports().take(today)).isEmpty();
        var found = reports().take(today.plusDays(1));
        assertThat(found).hasSize(1);
        var xml = xml(found.getFirst());
        assertThat(text(xml, "domain", 0)).isEqualTo("strict.test");
        assertThat(text(xml, "p", 0)).isEqualTo("reject");
        assertThat(xml.getElementsByTagName("record").getLength()).isEqualTo(2);
        assertThat(List.of(
                        text(xml, "source_ip", 0),
                        text(xml, "count", 0),
                        text(xml, "disposition", 0),
                        text(xml, "type", 0),
                        text(xml, "header_from", 0),
                        text(xml, "scope", 0)))
                .containsExactly("192.0.2.9", "3", "none", "local_policy", "news.strict.test", "mfrom");
        assertThat(text(xml, "disposition", 1)).isEqualTo("pass");
        assertThat(text(xml, "selector", 0)).isEqualTo("s1");
        assertThat(found.getFirst().fileName()).matches("mail\\.here\\.test!strict\\.test!\\d+!\\d+\\.xml\\.gz");
        assertThat(reports().take(today.plusDays(1))).isEmpty();
    }

    /** RFC 9990 §4. */
    @Test
    void another_domain_gets_reports_only_if_it_says_so() {
        assertThat(reports().take(today.plusDays(1)).getFirst().addresses()).containsExactly("dmarc@strict.test");
        zone.with("strict.test._report._dmarc.willing.test TXT \"v=DMARC1\"");
        assertThat(DmarcReports.addresses(dns, "strict.test", RECORD.replace("other", "willing")))
                .containsExactly("dmarc@strict.test", "x@willing.test");
    }

    @Test
    void an_administrator_sees_them_by_domain_of_author_or_owner() {
        assertThat(counts.list("", today, 10)).extracting(DmarcRow::messages).containsExactly(3L, 1L);
        assertThat(counts.list("news.strict.test", today, 10)).hasSize(1);
        assertThat(counts.list("strict.test", today, 10)).hasSize(2);
        assertThat(counts.list("x.test", today, 10)).isEmpty();
    }

    @Test
    void nothing_is_kept_longer_than_it_may() {
        counts.drop();
        assertThat(counts.list("", today.minusDays(100), 10)).hasSize(2);
    }

    @Test
    void what_a_stranger_wrote_cannot_break_the_report() throws Exception {
        var row = new DmarcRow(
                today,
                "<&\">.test",
                "strict.test " + RECORD,
                "192.0.2.1",
                "none",
                "",
                false,
                false,
                "a<b s fail",
                "x mfrom fail",
                1);
        var report = DmarcXml.of("id", "mail.here.test", "postmaster@here.test", today, List.of(row));
        var xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)));
        assertThat(text(xml, "header_from", 0)).isEqualTo("<&\">.test");
    }
}
