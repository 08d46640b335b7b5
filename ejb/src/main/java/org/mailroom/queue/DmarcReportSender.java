package org.mailroom.queue;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.mailroom.authenticity.DmarcReport;
import org.mailroom.authenticity.DmarcReports;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;
import org.mailroom.message.MessageParser;
import org.mailroom.message.Messages;
import org.mailroom.trace.OneLine;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;

/** Sends yesterday's reports on DMARC to the owners of domains (RFC 9990), through the queue. */
@Singleton
@Startup
@DependsOn("Migrations")
public class DmarcReportSender {
    private static final System.Logger LOG = System.getLogger(DmarcReportSender.class.getName());

    @Inject
    private DmarcReports reports;

    @EJB
    private DmarcReportSender self;

    @Inject
    private Messages messages;

    @Inject
    private OutboundQueue queue;

    @Inject
    private Trace trace;

    /** Some time after midnight UTC; nobody is in a hurry, and others send at midnight. */
    @Schedule(hour = "3", minute = "11", timezone = "UTC", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void send() {
        for (var report : reports.take(LocalDate.now(ZoneOffset.UTC))) {
            for (var address : report.addresses()) {
                try {
                    self.mail(report, MailAddress.parse(address).toString());
                } catch (BadAddress | RuntimeException e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "dmarc-report domain=" + OneLine.of(report.domain(), 260) + " status=not-mailed cause="
                                    + OneLine.of(String.valueOf(e.getMessage()), 300));
                }
            }
        }
    }

    /** One report into the queue. Its reverse path is empty: nobody wants to hear that it did not arrive. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void mail(DmarcReport report, String recipient) {
        var queueId = QueueId.next();
        var octets = MessageSource.of(new DmarcReportText(report, queueId, recipient).octets());
        long message = messages.keep(MessageParser.parse(octets), octets);
        queue.submit(queueId, message, Envelope.of("", List.of(recipient)));
        trace.later(TraceStep.of(TraceStep.Kind.QUEUED, queueId, "", recipient)
                .rule("dmarc-report")
                .detail("report on " + report.domain() + " for " + report.day()));
    }
}
