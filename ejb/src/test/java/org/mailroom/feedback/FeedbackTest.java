package org.mailroom.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailroom.TestDatabase;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.MessageParser;
import org.mailroom.message.Messages;
import org.mailroom.message.TestMessages;

/** Reports from the moment in which they come in until they are forgotten. */
class FeedbackTest {
    private static final String REPORT =
            "From: a@big.example\r\nContent-Type: text/xml\r\n\r\n<feedback><report_metadata>"
                    + "<org_name>big</org_name><report_id>7</report_id></report_metadata><policy_published><domain>%s</domain>"
                    + "</policy_published><record><row><source_ip>192.0.2.1</source_ip><count>4</count><policy_evaluated>"
                    + "<dkim>pass</dkim></policy_evaluated></row></record></feedback>\r\n";

    private final DataSource database = TestDatabase.fresh();
    private final Messages messages = TestMessages.on(database);
    private final Feedback feedback =
            new Feedback(database, new FeedbackSettings(List.of("dmarc", "reports@here.example"), Duration.ofDays(60)));
    private final FeedbackWork work = new FeedbackWork(database);
    private final FeedbackReader reader = new FeedbackReader(work, messages);

    @BeforeEach
    void domains() throws SQLException {
        execute("INSERT INTO domain (name) VALUES ('here.example'), ('other.example')");
        execute(
                "INSERT INTO alias_domain (name, domain_id) SELECT 'also.example', id FROM domain WHERE name = 'here.example'");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void comes(String queueId, String text) {
        var source = MessageSource.of(text.getBytes(StandardCharsets.US_ASCII));
        feedback.note(queueId, messages.keep(queueId, MessageParser.parse(source), source));
    }

    private void readAll() throws SQLException {
        while (reader.next()) {}
    }

    private interface Question<T> {
        List<T> ask(FeedbackLog log) throws SQLException;
    }

    private <T> List<T> ask(@Nullable Set<String> domains, Question<T> question) throws SQLException {
        try (var connection = database.getConnection()) {
            return question.ask(new FeedbackLog(connection, domains, Instant.EPOCH));
        }
    }

    private List<FeedbackLog.Report> reports() throws SQLException {
        return ask(null, log -> log.reports("", 10)).reversed();
    }

    @Test
    void only_what_is_for_the_addresses_is_read() {
        assertThat(feedback.isFor(Envelope.of("", List.of("x@here.example", "Reports@HERE.example"))))
                .isTrue();
        assertThat(feedback.isFor(Envelope.of("", List.of("dmarc@any.example"))))
                .isTrue();
        assertThat(feedback.isFor(Envelope.of("", List.of("reports@any.example", "dmarc"))))
                .isFalse();
    }

    @Test
    void each_is_read_once_and_what_is_none_says_why() throws Exception {
        comes("Q1", REPORT.formatted("mail.here.example"));
        comes("Q2", REPORT.formatted("there.example"));
        comes("Q3", REPORT.formatted("mail.here.example"));
        comes("Q4", "Subject: hello\r\n\r\nhi\r\n");
        assertThat(reports()).hasSize(4).allMatch(FeedbackLog.Report::waiting);
        readAll();
        assertThat(reports())
                .extracting(report -> report.queueId() + " " + report.passed() + " " + report.trouble())
                .containsExactly(
                        "Q1 4 ",
                        "Q2 0 it is about there.example, which is no domain of ours",
                        "Q3 0 it came before",
                        "Q4 0 no report is attached");
        assertThat(ask(null, log -> log.lines("mail.here.example", 10)))
                .singleElement()
                .satisfies(line -> assertThat(line.source()).isEqualTo("192.0.2.1"));
        assertThat(work.forget(Duration.ofDays(1))).isZero();
        assertThat(work.forget(Duration.ZERO)).isEqualTo(4);
    }

    @Test
    void who_administers_a_domain_sees_what_concerns_it_and_no_more() throws Exception {
        comes("Q1", REPORT.formatted("mail.here.example"));
        comes("Q2", REPORT.formatted("other.example"));
        comes("Q3", REPORT.formatted("also.example"));
        comes("Q4", REPORT.formatted("nothere.example"));
        readAll();
        var here = Set.of("here.example", "also.example");
        assertThat(ask(here, log -> log.reports("", 10)))
                .extracting(FeedbackLog.Report::queueId)
                .containsExactly("Q3", "Q1");
        assertThat(ask(here, log -> log.lines("", 10)))
                .extracting(FeedbackLog.Line::domain)
                .containsExactlyInAnyOrder("mail.here.example", "also.example");
        assertThat(ask(here, log -> log.lines("other.example", 10))).isEmpty();
        assertThat(ask(here, log -> log.sums(10)))
                .extracting(FeedbackLog.Sum::domain)
                .containsExactly("also.example", "mail.here.example");
        assertThat(ask(Set.of(), log -> log.reports("", 10))).isEmpty();
        assertThat(ask(null, log -> log.sums(10))).hasSize(3).allMatch(sum -> sum.passed() == 4 && sum.failed() == 0);
    }

    @Test
    void one_over_which_the_server_dies_is_given_up() throws Exception {
        comes("Q1", REPORT.formatted("here.example"));
        for (int i = 0; i < 3; i++) {
            assertThat(work.claim()).isPresent();
            assertThat(work.claim()).isEmpty(); // somebody reads it
            execute("UPDATE received_report SET next_attempt = now()");
        }
        assertThat(work.claim()).isEmpty();
        assertThat(reports())
                .extracting(FeedbackLog.Report::trouble)
                .containsExactly("it could not be read in 3 attempts");
    }

    @Test
    void nobody_fills_the_database_with_reports() throws Exception {
        execute("INSERT INTO received_report (queue_id, kind, domain, ours, lines)"
                + " VALUES ('Q0', 'dmarc', 'here.example', 'here.example', 100000)");
        comes("Q1", REPORT.formatted("here.example"));
        comes("Q2", REPORT.formatted("other.example"));
        readAll();
        assertThat(reports())
                .extracting(FeedbackLog.Report::trouble)
                .containsExactly("", "more came about here.example in a day than is read", "");
    }
}
