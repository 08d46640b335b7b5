package org.mailroom.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.Test;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Outcome.Kind;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;
import org.mailroom.directory.WhoMaySend;

/** RFC 3464 in RFC 6522, as another's parser reads it. */
class BounceTest {
    private static final Instant NOW = Instant.parse("2026-03-06T12:00:00Z");
    private static final String ORIGINAL = "Subject: lost\r\nFrom: a@here.test\r\n\r\nGr\u00fc\u00dfe\r\n";

    private static Batch batch(String subject, Map<String, String> parameters, Batch.Addressee... addressees) {
        return new Batch(
                1,
                "Q1",
                1,
                100,
                50,
                "1@here.test",
                subject,
                "a@here.test",
                parameters,
                NOW.minus(Duration.ofDays(5)),
                NOW,
                "there.test",
                true,
                List.of(addressees));
    }

    private static Batch.Addressee to(String address, Map<String, String> parameters) {
        return new Batch.Addressee(1, address, parameters, 3);
    }

    private static String text(Batch batch, Outcome outcome) {
        var failed = batch.addressees().stream()
                .map(to -> new Attempt.Result(to, outcome, "mx.there.test[192.0.2.1]:25", ""))
                .map(result -> new Notice(Notice.Action.FAILED, result))
                .toList();
        var returned = new Returned(ORIGINAL.getBytes(StandardCharsets.UTF_8), true);
        return new String(
                new Bounce("R1", "mail.here.test", batch, failed, returned, NOW).octets(), StandardCharsets.UTF_8);
    }

    private static Message parse(String text) throws Exception {
        var builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.STRICT);
        return builder.parseMessage(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String part(Message message, int number) throws Exception {
        var body = ((Multipart) message.getBody()).getBodyParts().get(number).getBody();
        try (InputStream in = ((SingleBody) body).getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Outcome unknownUser() {
        return new Outcome(Kind.FAILED, 550, "5.1.1", "5.1.1 never heard of him");
    }

    @Test
    void is_a_report_that_any_parser_understands() throws Exception {
        var message = parse(text(batch("lost", Map.of(), to("gone@there.test", Map.of())), unknownUser()));
        assertThat(message.getMimeType()).isEqualTo("multipart/report");
        assertThat(message.getHeader().getField("Content-Type").getBody()).contains("report-type=delivery-status");
        var types = ((Multipart) message.getBody()).getBodyParts().stream().map(each -> each.getMimeType());
        assertThat(types).containsExactly("text/plain", "message/delivery-status", "message/rfc822");
        assertThat(message.getTo().toString()).contains("a@here.test");
        assertThat(message.getSubject()).isEqualTo("Not delivered: lost");
        assertThat(message.getHeader().getField("Auto-Submitted").getBody()).isEqualTo("auto-replied");
        assertThat(message.getHeader().getField("Return-Path").getBody()).isEqualTo("<>");
    }

    @Test
    void tells_people_what_happened_and_what_they_can_do() throws Exception {
        var text = part(parse(text(batch("lost", Map.of(), to("gone@there.test", Map.of())), unknownUser())), 0)
                .replaceAll("\\s+", " ");
        assertThat(text)
                .contains("<gone@there.test>")
                .contains("There is no such address.")
                .contains("What you can do: Check the part before the @")
                .contains("mx.there.test[192.0.2.1]:25 said: 550 5.1.1 never heard of him")
                .contains("Q1");
    }

    @Test
    void tells_programs_what_rfc3464_wants() throws Exception {
        var batch = batch(
                "lost",
                Map.of("ENVID", "QQ+2B1"),
                to("gone@there.test", Map.of("ORCPT", "rfc822;list+40here.test")),
                to("too@there.test", Map.of()));
        assertThat(part(parse(text(batch, unknownUser())), 1))
                .startsWith("Reporting-MTA: dns; mail.here.test\r\nOriginal-Envelope-Id: QQ+1\r\nArrival-Date: ")
                .contains("\r\n\r\nOriginal-Recipient: rfc822; list@here.test\r\n"
                        + "Final-Recipient: rfc822; gone@there.test\r\nAction: failed\r\nStatus: 5.1.1\r\n"
                        + "Remote-MTA: dns; mx.there.test\r\nDiagnostic-Code: smtp; 550 5.1.1 never heard of him\r\n")
                .contains("\r\n\r\nFinal-Recipient: rfc822; too@there.test\r\n");
    }

    @Test
    void an_address_beyond_ascii_leaves_the_report_ascii() throws Exception {
        var status = part(parse(text(batch("x", Map.of(), to("jürgen@there.test", Map.of())), unknownUser())), 1);
        assertThat(status)
                .contains("Final-Recipient: utf-8; j\\x{FC}rgen@there.test")
                .isASCII();
    }

    @Test
    void a_hostile_reply_and_subject_stay_within_their_lines() throws Exception {
        var hostile = new Outcome(
                Kind.FAILED, 550, "5.7.1", "no\r\nBcc: x@evil.test\r\n\r\n--report_R1--\u0000 " + "x".repeat(5000));
        var batch = batch("a\r\nBcc: x\u202e" + "y".repeat(3000), Map.of(), to("gone@there.test", Map.of()));
        var text = text(batch, hostile);
        assertThat(text.lines()).allMatch(line -> line.length() < 998).noneMatch(line -> line.startsWith("Bcc:"));
        assertThat(parse(text).getHeader().getField("Bcc")).isNull();
        assertThat(((Multipart) parse(text).getBody()).getBodyParts()).hasSize(3);
    }

    @Test
    void a_subject_beyond_ascii_is_encoded() throws Exception {
        var message = parse(text(batch("Grüße", Map.of(), to("gone@there.test", Map.of())), unknownUser()));
        assertThat(message.getSubject()).isEqualTo("Not delivered: Grüße");
        assertThat(message.getHeader().getField("Subject").getBody()).isASCII();
    }

    @Test
    void what_took_too_long_is_told_so() throws Exception {
        var outcome = new Outcome(Kind.DEFERRED, 0, "4.4.7", "connection timed out");
        assertThat(part(parse(text(batch("x", Map.of(), to("slow@there.test", Map.of())), outcome)), 0))
                .contains("We tried for days");
    }

    private static Batch.Addressee wants(String notify, String address) {
        return to(address, Map.of("NOTIFY", notify));
    }

    private static Notice notice(Notice.Action action, Batch.Addressee addressee, Outcome outcome) {
        return new Notice(action, new Attempt.Result(addressee, outcome, "mx.there.test[192.0.2.1]:25", ""));
    }

    private static List<Notice> everything() {
        var fine = new Outcome(Kind.DELIVERED, 250, "2.0.0", "2.0.0 taken");
        return List.of(
                notice(Notice.Action.FAILED, to("gone@there.test", Map.of()), unknownUser()),
                notice(
                        Notice.Action.DELAYED,
                        to("slow@there.test", Map.of("ORCPT", "rfc822;slow+2Bx@old.test")),
                        new Outcome(Kind.DEFERRED, 451, "4.2.1", "4.2.1 come back")),
                notice(Notice.Action.DELIVERED, wants("SUCCESS", "box@here.test"), fine),
                notice(Notice.Action.RELAYED, wants("SUCCESS,FAILURE", "far@there.test"), fine),
                notice(Notice.Action.EXPANDED, wants("SUCCESS", "both@here.test"), fine));
    }

    private static String report(Batch batch, List<Notice> notices) {
        var returned =
                new Returned("Subject: lost\r\nFrom: a@here.test\r\n\r\n".getBytes(StandardCharsets.US_ASCII), false);
        return new String(
                new Bounce("R1", "mail.here.test", batch, notices, returned, NOW).octets(), StandardCharsets.UTF_8);
    }

    /** What each action looks like, word for word. */
    @Test
    void one_report_tells_of_all_recipients() throws Exception {
        try (var golden = BounceTest.class.getResourceAsStream("report.eml")) {
            assertThat(report(batch("lost", Map.of("ENVID", "E1")), everything()))
                    .isEqualToNormalizingNewlines(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void each_recipient_has_his_fields_rfc3464() throws Exception {
        var message = parse(report(batch("lost", Map.of("ENVID", "E1")), everything()));
        assertThat(message.getSubject()).isEqualTo("Not delivered: lost");
        var groups = part(message, 1).split("\r\n\r\n");
        assertThat(groups).hasSize(6);
        for (var group : List.of(groups).subList(1, 6)) {
            var fields = new DefaultMessageBuilder()
                    .parseHeader(new ByteArrayInputStream((group + "\r\n").getBytes(StandardCharsets.UTF_8)));
            assertThat(fields.getField("Final-Recipient").getBody()).startsWith("rfc822; ");
            assertThat(fields.getField("Action").getBody())
                    .isIn("failed", "delayed", "delivered", "relayed", "expanded");
            assertThat(fields.getField("Status").getBody()).matches("[245]\\.\\d\\.\\d+");
            boolean delayed = fields.getField("Action").getBody().equals("delayed");
            assertThat(fields.getField("Will-Retry-Until") != null).isEqualTo(delayed);
        }
    }

    @Test
    void an_internationalized_message_is_reported_in_the_forms_of_rfc6533() throws Exception {
        var batch = batch("x", Map.of("SMTPUTF8", ""));
        var text = report(
                batch, List.of(notice(Notice.Action.FAILED, to("j\u00fcrgen@there.test", Map.of()), unknownUser())));
        var types = ((Multipart) parse(text).getBody()).getBodyParts().stream().map(each -> each.getMimeType());
        assertThat(types).containsExactly("text/plain", "message/global-delivery-status", "message/global-headers");
        assertThat(text).contains("Final-Recipient: utf-8; j\u00fcrgen@there.test\r\n");
    }

    @Test
    void nobody_hears_what_he_did_not_want_to_rfc3461() {
        for (var action : Notice.Action.values()) {
            assertThat(action.isWanted("NEVER")).as(action.name()).isFalse();
            assertThat(action.isWanted("SUCCESS,FAILURE,DELAY"))
                    .as(action.name())
                    .isTrue();
        }
        assertThat(Notice.Action.FAILED.isWanted("")).isTrue();
        assertThat(Notice.Action.FAILED.isWanted("delay")).isFalse();
        assertThat(Notice.Action.RELAYED.isWanted("")).isFalse();
        assertThat(Notice.Action.DELAYED.isWanted("SUCCESS")).isFalse();
    }

    @Test
    void bounces_forgeries_and_lists_are_not_answered() {
        var nobody = new Expansion("x", new Resolution.Unknown(), "", Expansion.End.GOAL, List.of());
        var someone = new Expansion("x", new Resolution.NotOurs("d"), "", Expansion.End.GOAL, List.of());
        var list = new Resolution.Group("l@here.test", "", "o@here.test", WhoMaySend.ANYBODY, List.of(), List.of());
        assertThat(Silence.about(batch("x", Map.of()), someone)).isEmpty();
        assertThat(Silence.about(batch("x", Map.of()), nobody)).isPresent();
        assertThat(Silence.about(batch("x", Map.of(Silence.SUSPECT, "spf=fail")), someone))
                .isPresent();
        assertThat(Silence.about(
                        batch("x", Map.of()), new Expansion("l", list, "", Expansion.End.GOAL, List.of(someone))))
                .isPresent();
        assertThat(Silence.isMass("Subject: x\r\nprecedence: bulk\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isTrue();
        assertThat(Silence.isMass("Subject: x\r\n\r\nList-Id: x".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void gives_back_small_messages_whole_and_of_large_ones_the_header() throws Exception {
        var octets = ("Return-Path: <a@here.test>\r\nSubject: x\r\n\r\n" + "y".repeat(200))
                .getBytes(StandardCharsets.US_ASCII);
        Returned.Reader reader = (message, offset, length) -> java.util.Arrays.copyOf(octets, length);
        var batch = DeliveryTest.batch("x@there.test");
        assertThat(Returned.of(batch, reader).whole()).isTrue();
        assertThat(new String(Returned.of(batch, reader).octets(), StandardCharsets.US_ASCII))
                .startsWith("Subject: x");
        var headers = headers(Map.of("RET", "HDRS"), octets);
        assertThat(Returned.of(headers, reader).whole()).isFalse();
        assertThat(new String(Returned.of(headers, reader).octets(), StandardCharsets.US_ASCII))
                .isEqualTo("Subject: x\r\n\r\n");
    }

    /** RFC 8689 §5. */
    @Test
    void of_what_requires_tls_the_header_is_given_back_and_the_report_requires_it_too() throws Exception {
        var batch = headers(Map.of("RET", "FULL", "REQUIRETLS", ""), new byte[100]);
        Returned.Reader reader = (message, offset, length) -> new byte[length];
        assertThat(Returned.of(batch, reader).whole()).isFalse();
        var sender = new Expansion("x", new Resolution.NotOurs("d"), "", Expansion.End.GOAL, List.of());
        var failed = new Notice(
                Notice.Action.FAILED, new Attempt.Result(to("gone@there.test", Map.of()), unknownUser(), "mx", ""));
        var report = Report.due(batch, List.of(failed), "mail.here.test", sender, reader)
                .orElseThrow();
        assertThat(report.comingHome().parameters()).containsEntry("REQUIRETLS", "");
    }

    private static Batch headers(Map<String, String> wishes, byte[] octets) {
        return new Batch(
                1, "Q", 1, octets.length, 42, null, null, "a@here.test", wishes, NOW, NOW, "d", true, List.of());
    }
}
