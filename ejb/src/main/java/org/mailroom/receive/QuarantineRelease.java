package org.mailroom.receive;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailroom.authenticity.ForwardedSenders;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.message.MessageParser;
import org.mailroom.message.Messages;
import org.mailroom.queue.Rejection;
import org.mailroom.queue.Report;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep;
import org.mailroom.trace.TraceStep.Kind;

/** How a message leaves the quarantine: to its recipients or for good, once, in the caller's transaction. */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class QuarantineRelease {
    @Resource
    private SessionContext context;

    @Inject
    private Quarantine quarantine;

    @Inject
    private Directory directory;

    @Inject
    private Messages messages;

    @Inject
    private ForwardedSenders forwardedSenders;

    @Inject
    private Acceptance acceptance;

    @Inject
    private Trace trace;

    private ReceiveSettings settings = new ReceiveSettings("localhost", 100);

    @PostConstruct
    void configure() {
        settings = ReceiveSettings.of(Settings.current());
    }

    /** Asks where its recipients live about those whom nobody here has met; before {@link #release}, because it may wait. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void ask(long id) {
        quarantine
                .find(id)
                .ifPresent(kept -> kept.envelope().recipients().forEach(to -> directory.resolveAsking(to.address())));
    }

    /**
     * Delivers it, as it would have been. Whoever takes no mail any more is left out; while it cannot be said of somebody whether
     * he does, it stays.
     *
     * @return what was released; empty where it is not there, or not any more
     */
    public Optional<Quarantine.Kept> release(long id, String who) throws MailException {
        var taken = quarantine.drop(id);
        if (taken.isPresent()) {
            try {
                deliver(taken.get(), who);
            } catch (MailException e) {
                context.setRollbackOnly();
                throw e;
            }
        }
        return taken;
    }

    private void deliver(Quarantine.Kept kept, String who) throws MailException {
        var steps = new ArrayList<TraceStep>();
        var there = new ArrayList<Envelope.Recipient>();
        for (var recipient : kept.envelope().recipients()) {
            var way = directory.whereTo(recipient.address());
            if (way.meetsUnseen()) {
                throw new MailException(
                        Reason.UNAVAILABLE,
                        "It cannot be said now who is behind " + recipient.address() + "; try again later");
            }
            if (way.arrives()) {
                there.add(recipient);
            } else {
                steps.add(step(Kind.FAILED, kept, recipient.address()).detail("No such recipient any more"));
            }
        }
        if (there.isEmpty()) {
            throw new MailException(Reason.NO_SUCH_RECIPIENT, "None of its recipients is there any more");
        }
        steps.add(step(Kind.ADMINISTERED, kept, "")
                .client(who)
                .detail(kept.moderated().isEmpty() ? "released from quarantine" : "let through by a moderator"));
        try {
            accept(kept, there, steps);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As if it had come now; the octets that lay in quarantine are left to the sweep. */
    private void accept(Quarantine.Kept kept, List<Envelope.Recipient> there, List<TraceStep> steps)
            throws MailException, IOException {
        var envelope =
                new Envelope(kept.envelope().reversePath(), kept.envelope().parameters(), there);
        var source = messages.source(kept.message());
        var trail = HeaderScan.of(source).deliveredTo();
        var recipients = Recipients.of(true, envelope, trail, directory, forwardedSenders::forwarded);
        steps.addAll(ReceiveTrace.delivered(kept.queueId(), envelope, recipients));
        acceptance.keepNow(
                kept.queueId(),
                MessageParser.parse(source),
                source,
                envelope,
                recipients,
                Copy.of(recipients.onward(), source, envelope.reversePath(), Map.of()),
                steps);
    }

    /** Sends it back to its author; empty where it is not there. @param why for him */
    public Optional<Quarantine.Kept> refuse(long id, String who, String why) throws MailException {
        var gone = quarantine.drop(id);
        if (gone.isPresent()) {
            var kept = gone.get();
            var source = messages.source(kept.message());
            var rejection = new Rejection(kept.queueId(), kept.envelope(), MessageParser.parse(source), source, why);
            var report = rejection.report(
                    settings.hostname(), directory.whereTo(kept.envelope().reversePath()));
            trace.write(refused(kept, who, rejection, report));
            report.ifPresent(due -> acceptance.send(kept.queueId(), due));
        }
        return gone;
    }

    private static List<TraceStep> refused(
            Quarantine.Kept kept, String who, Rejection rejection, Optional<Report> report) {
        var steps = new ArrayList<TraceStep>();
        steps.add(step(Kind.ADMINISTERED, kept, "").client(who).detail("refused by a moderator"));
        kept.envelope()
                .recipients()
                .forEach(to -> steps.add(step(Kind.FAILED, kept, to.address())
                        .reply(rejection.text())
                        .detail(rejection.silence(to, report))));
        return steps;
    }

    /** Throws it away; empty where it is not there. */
    public Optional<Quarantine.Kept> delete(long id, String who) {
        var gone = quarantine.drop(id);
        gone.ifPresent(kept -> trace.write(discarded(kept)
                .map(step -> step.client(who).detail("deleted from quarantine"))
                .toList()));
        return gone;
    }

    /** Of a message that nobody gets any more. */
    static Stream<TraceStep> discarded(Quarantine.Kept kept) {
        return kept.envelope().recipients().stream().map(to -> step(Kind.DISCARDED, kept, to.address()));
    }

    private static TraceStep step(Kind kind, Quarantine.Kept kept, String recipient) {
        return TraceStep.of(kind, kept.queueId(), kept.envelope().reversePath(), recipient);
    }
}
