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
import java.util.Map;
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
import org.mailroom.transport.TransportSecurity;

/**
 * Sends yesterday's reports to the owners of domains: on TLS (RFC 8460 §5) by mail and to web servers, on DMARC (RFC 9990) by
 * mail. Its timers throw nothing: the container forgets one that failed twice.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class ReportSender {
    private static final System.Logger LOG = System.getLogger(ReportSender.class.getName());

    @EJB
    private TransportSecurity transport;

    @Inject
    private DmarcReports dmarc;

    @EJB
    private ReportSender self;

    @Inject
    private Messages messages;

    @Inject
    private OutboundQueue queue;

    @Inject
    private Trace trace;

    public ReportSender() {}

    /** @param self what begins a transaction for each report */
    ReportSender(
            TransportSecurity transport,
            DmarcReports dmarc,
            ReportSender self,
            Messages messages,
            OutboundQueue queue,
            Trace trace) {
        this.transport = transport;
        this.dmarc = dmarc;
        this.self = self;
        this.messages = messages;
        this.queue = queue;
        this.trace = trace;
    }

    /** A report as a message. */
    @FunctionalInterface
    public interface Text {
        byte[] octets(String queueId, String recipient);
    }

    /** Some time after midnight UTC; nobody is in a hurry, and others send at midnight. */
    @Schedule(hour = "2", minute = "41", timezone = "UTC", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void sendTls() {
        guarded("tls-report", "", () -> {
            for (var report : transport.dueReports()) {
                var about = report.domain() + " for " + report.day();
                guarded("tls-report", about, () -> transport.post(report));
                mail("tls-report", about, report.addresses(), (id, to) -> new TlsReportText(report, id, to).octets());
            }
        });
    }

    @Schedule(hour = "3", minute = "11", timezone = "UTC", persistent = false)
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void sendDmarc() {
        guarded("dmarc-report", "", () -> {
            for (var report : dmarc.take(LocalDate.now(ZoneOffset.UTC))) {
                var about = report.domain() + " for " + report.day();
                mail(
                        "dmarc-report",
                        about,
                        report.addresses(),
                        (id, to) -> new DmarcReportText(report, id, to).octets());
            }
        });
    }

    private void mail(String kind, String about, List<String> addresses, Text text) {
        for (var address : addresses) {
            guarded(
                    kind,
                    about,
                    () -> self.queue(kind, about, MailAddress.parse(address).toString(), text));
        }
    }

    @FunctionalInterface
    private interface Work {
        void run() throws BadAddress;
    }

    private static void guarded(String kind, String about, Work work) {
        try {
            work.run();
        } catch (BadAddress | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    kind + " about=\"" + OneLine.of(about, 280) + "\" status=not-sent cause="
                            + OneLine.of(String.valueOf(e.getMessage()), 300));
        }
    }

    /**
     * One report into the queue. Its reverse path is empty: nobody wants to hear that it did not arrive. It also goes where TLS is not
     * what the domain publishes: that may be what it tells of (RFC 8460 §3).
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void queue(String kind, String about, String recipient, Text text) {
        var queueId = QueueId.next();
        var octets = MessageSource.of(text.octets(queueId, recipient));
        long message = messages.keep(queueId, MessageParser.parse(octets), octets);
        var envelope = new Envelope("", Map.of(Wishes.TLS_OPTIONAL, ""), List.of(Envelope.Recipient.of(recipient)));
        queue.submit(queueId, message, envelope);
        trace.write(List.of(
                TraceStep.of(TraceStep.Kind.RECEIVED, queueId, "", recipient)
                        .rule(kind)
                        .detail("report on " + about),
                TraceStep.of(TraceStep.Kind.QUEUED, queueId, "", recipient).rule(kind)));
    }
}
