package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.feedback.FeedbackLog;
import org.mailroom.feedback.FeedbackSettings;

/** What others report to us about our domains. A domain administrator hears of his own. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class FeedbackAdmin {
    private static final int MOST = 1000;
    private static final int MOST_DOMAINS = 500;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    @Inject
    private Scope scope;

    @FunctionalInterface
    private interface Question<T> {
        T ask(FeedbackLog log) throws SQLException;
    }

    /** By domain, those with most trouble first. @param days in which they came, today included */
    public ReceivedSums sums(int days) {
        var sums = ask(days, log -> log.sums(MOST_DOMAINS)).stream()
                .map(sum -> new ReceivedSums.Sum(
                        sum.kind(), sum.domain(), sum.reports(), sum.reporters(), sum.passed(), sum.failed()))
                .toList();
        return new ReceivedSums(
                sums, !FeedbackSettings.of(Settings.current()).addresses().isEmpty());
    }

    /**
     * The newest first; those that could not be read are told to who sees all domains.
     *
     * @param domain on which they report; empty: all
     * @param days in which they came, today included
     */
    public List<ReceivedReport> reports(String domain, int days) {
        return ask(days, log -> log.reports(name(domain), MOST)).stream()
                .map(FeedbackAdmin::report)
                .toList();
    }

    /**
     * The newest days first, and within a report what failed.
     *
     * @param domain on which they report; empty: all
     * @param days in which they came, today included
     */
    public List<ReceivedLine> lines(String domain, int days) {
        return ask(days, log -> log.lines(name(domain), MOST)).stream()
                .map(FeedbackAdmin::line)
                .toList();
    }

    private <T> T ask(int days, Question<T> question) {
        var since = LocalDate.now(ZoneOffset.UTC).minusDays(Math.clamp(days, 1, 1000) - 1L);
        try (var connection = database.getConnection()) {
            return question.ask(new FeedbackLog(
                    connection, scope.seen(), since.atStartOfDay(ZoneOffset.UTC).toInstant()));
        } catch (SQLException e) {
            throw new IllegalStateException("the reports cannot be read", e);
        }
    }

    private static String name(String domain) {
        return domain.strip().toLowerCase(Locale.ROOT);
    }

    private static ReceivedReport report(FeedbackLog.Report report) {
        return new ReceivedReport(
                report.received(),
                report.queueId(),
                report.kind(),
                report.domain(),
                report.reporter(),
                report.begins(),
                report.passed(),
                report.failed(),
                report.trouble(),
                report.waiting());
    }

    private static ReceivedLine line(FeedbackLog.Line line) {
        return new ReceivedLine(
                line.kind(),
                line.domain(),
                line.reporter(),
                line.begins() == null
                        ? ""
                        : line.begins().atZone(ZoneOffset.UTC).toLocalDate().toString(),
                line.source(),
                line.name(),
                line.count(),
                line.passed(),
                line.result(),
                line.dkim(),
                line.spf(),
                line.detail());
    }
}
