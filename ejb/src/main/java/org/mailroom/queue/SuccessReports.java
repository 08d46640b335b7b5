package org.mailroom.queue;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.directory.Directory;
import org.mailroom.message.Messages;
import org.mailroom.message.ParsedMessage;
import org.mailroom.queue.Notice.Action;
import org.mailroom.trace.Trace;

/** Tells senders who asked for it of mail that had not to wait in the queue (RFC 3461 §4.1, §5.2.7). */
@ApplicationScoped
public class SuccessReports {
    @Inject
    private Directory directory;

    @Inject
    private Messages messages;

    @Inject
    private OutboundQueue queue;

    @Inject
    private Trace trace;

    private String hostname = "localhost";

    @PostConstruct
    void configure() {
        hostname = HostName.of(Settings.current());
    }

    /**
     * One report on all, in the caller's transaction; it waits in the queue until that has ended.
     *
     * @param delivered recipients who have it
     * @param expanded addresses that stand for several
     */
    public void tell(
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            Envelope envelope,
            List<Envelope.Recipient> delivered,
            List<Envelope.Recipient> expanded)
            throws MailException {
        var notices = new ArrayList<Notice>();
        delivered.forEach(recipient -> notices.add(notice(Action.DELIVERED, recipient)));
        expanded.forEach(recipient -> notices.add(notice(Action.EXPANDED, recipient)));
        var batch = Batch.unqueued(queueId, parsed, envelope, List.of());
        var sender = directory.whereTo(envelope.reversePath());
        var report = Report.due(batch, notices, hostname, sender, (message, offset, length) -> start(source, length));
        if (report.isPresent()) {
            var due = report.get();
            queue.submit(due.queueId(), messages.keep(due.queueId(), due.parsed(), due.octets()), due.comingHome());
            trace.write(due.steps(queueId));
        }
    }

    private static Notice notice(Action action, Envelope.Recipient recipient) {
        var addressee = new Batch.Addressee(0, recipient.address(), recipient.parameters(), 0);
        return new Notice(
                action, new Attempt.Result(addressee, new Outcome(Outcome.Kind.DELIVERED, 0, "2.0.0", ""), "", ""));
    }

    private static byte[] start(MessageSource source, int length) {
        try (var in = source.open()) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
