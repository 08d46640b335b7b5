package org.mailroom.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailroom.contract.MessageSource;
import org.mailroom.feedback.Received.Kind;

/** Reports as others send them, and what only looks like one. */
class EnclosedTest {
    private static final String DMARC = """
            <?xml version="1.0" encoding="UTF-8"?>
            <feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">
              <report_metadata><org_name>big.example</org_name><report_id>7</report_id>
                <date_range><begin>1767225600</begin><end>1767311999</end></date_range></report_metadata>
              <policy_published><domain>Here.example</domain><p>none</p></policy_published>
              <record><row><source_ip>192.0.2.1</source_ip><count>12</count>
                <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
                <identifiers><header_from>here.example</header_from></identifiers>
                <auth_results><dkim><domain>here.example</domain><selector>s1</selector><result>pass</result></dkim>
                  <spf><domain>other.example</domain><result>softfail</result></spf></auth_results></record>
              <record><row><source_ip>2001:db8::1</source_ip><count>3</count>
                <policy_evaluated><disposition>quarantine</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated></row>
                <identifiers><header_from>here.example</header_from></identifiers></record>
            </feedback>""";

    private static final String TLS = """
            {"organization-name":"big.example","report-id":"9","date-range":
             {"start-datetime":"2026-01-01T00:00:00Z","end-datetime":"2026-01-01T23:59:59Z"},
             "policies":[{"policy":{"policy-type":"sts","policy-domain":"here.example"},
              "summary":{"total-successful-session-count":5,"total-failure-session-count":3},
              "failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.7",
               "receiving-mx-hostname":"mx.here.example","failed-session-count":2}]}]}""";

    private static MessageSource message(String type, byte[] octets) {
        return MessageSource.of(("From: a@big.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"
                        + "Here is a report. {not this}\r\n--b\r\nContent-Type: " + type
                        + "\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(octets) + "\r\n--b--\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private interface Packing {
        OutputStream over(OutputStream out) throws IOException;
    }

    private static byte[] packed(Packing packing, byte[] octets) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var out = packing.over(packed)) {
            out.write(octets);
        }
        return packed.toByteArray();
    }

    private static ZipOutputStream zip(OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry("../../report.xml"));
        return zip;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_report_on_dmarc_is_read_however_it_is_packed_rfc7489_7_2() throws Exception {
        var plain = Enclosed.read(message("text/xml", octets(DMARC)));
        assertThat(plain.kind()).isEqualTo(Kind.DMARC);
        assertThat(plain.domain()).isEqualTo("here.example");
        assertThat(plain.reporter()).isEqualTo("big.example");
        assertThat(plain.begins()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(plain.count(true)).isEqualTo(12);
        assertThat(plain.count(false)).isEqualTo(3);
        assertThat(plain.rows().getFirst())
                .isEqualTo(new Received.Row(
                        "192.0.2.1",
                        "here.example",
                        12,
                        true,
                        "none",
                        "pass",
                        "fail",
                        "dkim:here.example/s1=pass spf:other.example=softfail"));
        assertThat(Enclosed.read(message("application/gzip", packed(GZIPOutputStream::new, octets(DMARC)))))
                .isEqualTo(plain);
        assertThat(Enclosed.read(message("application/octet-stream", packed(EnclosedTest::zip, octets(DMARC)))))
                .isEqualTo(plain);
    }

    @Test
    void a_report_on_tls_is_read_rfc8460_4() throws Exception {
        var report = Enclosed.read(message("application/tlsrpt+gzip", packed(GZIPOutputStream::new, octets(TLS))));
        assertThat(report.kind()).isEqualTo(Kind.TLS);
        assertThat(report.domain()).isEqualTo("here.example");
        assertThat(report.count(true)).isEqualTo(5);
        assertThat(report.count(false)).isEqualTo(3);
        assertThat(report.rows())
                .extracting(Received.Row::result)
                .containsExactly("", "certificate-expired", "unspecified");
    }

    private static void unreadable(String type, byte[] octets, String why) {
        assertThatThrownBy(() -> Enclosed.read(message(type, octets)))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining(why);
    }

    @Test
    void a_bomb_is_given_up_when_it_is_too_large() throws Exception {
        var much = octets("<" + " ".repeat(Enclosed.MOST));
        unreadable("application/gzip", packed(GZIPOutputStream::new, much), "16 MB");
        unreadable("application/zip", packed(EnclosedTest::zip, much), "16 MB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE feedback [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><feedback><policy_published>"
                        + "<domain>&a;</domain></policy_published></feedback>",
                "<!DOCTYPE f [<!ENTITY a \"xx\"><!ENTITY b \"&a;&a;\">]><feedback><policy_published><domain>&b;"
                        + "</domain></policy_published></feedback>",
                "<feedback><policy_published><domain>x</domain></policy_published><record><row><count>-1</count></row></record></feedback>",
                "<html><body>hello</body></html>",
                "<feedback>",
                "<feedback/>",
                "{",
                "{}",
                "{\"policies\":[7,{\"policy\":{\"policy-domain\":\"x\"},\"summary\":{\"total-failure-session-count\":1e999999999}}]}",
                "{\"policies\":[{\"policy\":{\"policy-domain\":\"x\"}}],\"date-range\":{\"start-datetime\":\"yesterday\"}}",
                "{\"policies\":[{\"policy\":{\"policy-domain\":\"x\"}}],\"date-range\":{\"start-datetime\":\"+999999999-01-01T00:00:00Z\"}}"
            })
    void what_makes_no_sense_is_unreadable_and_harms_nothing(String report) {
        unreadable("application/xml", octets(report), "");
    }

    @Test
    void a_document_type_is_named_as_what_is_wrong() {
        unreadable(
                "text/xml",
                octets("<!DOCTYPE feedback [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><feedback/>"),
                "document type");
    }

    @Test
    void depth_is_bounded() {
        unreadable("text/xml", octets("<feedback>" + "<a>".repeat(100_000)), "nested");
        unreadable("application/json", octets("{\"a\":" + "[".repeat(100_000)), "nested");
    }

    @Test
    void what_somebody_made_up_fills_no_memory() throws Exception {
        unreadable("text/xml", octets("<feedback><" + "a".repeat(1000) + "/>"), "longer than 100");
        unreadable("application/json", octets("{\"a\":[" + "1,".repeat(2 << 20) + "1]}"), "2 MB");
        var many = new StringBuilder("<feedback>");
        for (int i = 0; i < 100_000; i++) {
            many.append("<a").append(i).append("/>");
        }
        unreadable("application/gzip", packed(GZIPOutputStream::new, octets(many + "</feedback>")), "names no domain");
    }

    @Test
    void what_is_broken_or_missing_is_told() {
        unreadable("application/gzip", new byte[] {0x1F, (byte) 0x8B, 1, 2, 3}, "unpacked");
        unreadable("image/png", new byte[] {1, 2, 3}, "no report");
        unreadable("text/plain", new byte[0], "no report");
    }
}
