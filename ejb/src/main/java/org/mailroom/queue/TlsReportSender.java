package org.mailroom.queue;

import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.MailAddress;
import org.mailroom.message.MessageParser;
import org.mailroom.message.Messages;
import org.mailroom.trace.OneLine;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;
import org.mailroom.transport.TlsReport;
import org.mailroom.transport.TransportSecurity;

/** Sends the TLS reports of yesterday (RFC 8460 §5): by mail through the queue, and to web servers. */
@Singleton
@Startup
@DependsOn("Migrations")
public class TlsReportSender {
    private static final System.Logger LOG = System.getLogger(TlsReportSender.class.getName());

    @EJB
    private TransportSecurity transport;

    @EJB
    private TlsReportSender self;

    @Inject
    private Messages messages;

    @Inject
    private OutboundQueue queue;

    @Inject
    private Trace trace;

    /** Some time after midnight UTC; nobody is in a hurry, and others send at midnight. */
    @Schedule(hour = "2", minute = "41", timezone = "UTC", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void send() {
        for (var report : transport.dueReports()) {
            transport.post(report);
            for (var address : report.addresses()) {
                try {
                    self.mail(report, MailAddress.parse(address).toString());
                } catch (BadAddress | RuntimeException e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "tls-report domain=" + OneLine.of(report.domain(), 260) + " status=not-mailed cause="
                                    + OneLine.of(String.valueOf(e.getMessage()), 300));
                }
            }
        }
    }

    /** One report into the queue. Its reverse path is empty: nobody wants to hear that it did not arrive. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void mail(TlsReport report, String recipient) {
        var queueId = QueueId.next();
        var octets = MessageSource.of(new TlsReportText(report, queueId, recipient).octets());
        long message = messages.keep(MessageParser.parse(octets), octets);
        queue.submit(queueId, message, Envelope.of("", List.of(recipient)));
        trace.later(TraceStep.of(TraceStep.Kind.QUEUED, queueId, "", recipient)
                .rule("tls-report")
                .detail("report on " + report.domain() + " for " + report.day()));
    }
}
