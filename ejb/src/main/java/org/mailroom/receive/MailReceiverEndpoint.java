package org.mailroom.receive;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.mailroom.authenticity.ForwardedSenders;
import org.mailroom.authenticity.ResultsField;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Lookup;
import org.mailroom.contract.receive.MailReceiver;
import org.mailroom.contract.receive.QueueRun;
import org.mailroom.contract.receive.Receipt;
import org.mailroom.contract.receive.SmtpReply;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Directory;
import org.mailroom.message.MessageParser;
import org.mailroom.message.ParsedMessage;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Edits;
import org.mailroom.policy.Findings;
import org.mailroom.policy.Policies;
import org.mailroom.policy.RoomLeft;
import org.mailroom.queue.QueueId;
import org.mailroom.queue.Rejection;
import org.mailroom.queue.Wishes;
import org.mailroom.trace.OneLine;
import org.mailroom.trace.Trace;
import org.mailroom.trace.TraceStep.Kind;

/** Where the wire's SMTP comes in. Only what follows the final dot has a transaction, and reading the message is no part of it. */
@MessageDriven(messageListenerInterface = MailReceiver.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MailReceiverEndpoint implements MailReceiver {
    private static final System.Logger LOG = System.getLogger(MailReceiverEndpoint.class.getName());

    @Inject
    private Policies policies;

    @Inject
    private Directory directory;

    @Inject
    private RoomLeft room;

    @Inject
    private Acceptance acceptance;

    @Inject
    private Moderation moderation;

    @Inject
    private ForwardedSenders forwardedSenders;

    @Inject
    private Submission submission;

    @Inject
    private Lookups lookups;

    @Inject
    private QueueStart queueStart;

    @Inject
    private Trace trace;

    private ReceiveSettings settings = new ReceiveSettings("localhost", 100);

    @PostConstruct
    void configure() {
        settings = ReceiveSettings.of(Settings.current());
    }

    @Override
    public Verdict connection(Client client) {
        return told(client, Envelope.of("", List.of()), "", policies.connection(client), SmtpReply::unwelcome);
    }

    @Override
    public Verdict sender(Client client, Envelope envelope) {
        return told(client, envelope, "", policies.sender(client, envelope), SmtpReply::of);
    }

    @Override
    public Verdict recipient(Client client, Envelope envelope, Envelope.Recipient recipient) {
        var resolution = directory.resolveAsking(recipient.address());
        var verdict = policies.recipient(client, envelope, recipient, resolution);
        return told(client, envelope, recipient.address(), verdict, SmtpReply::of);
    }

    private Verdict told(
            Client client,
            Envelope envelope,
            String recipient,
            Verdict verdict,
            Function<Verdict.No, SmtpReply> reply) {
        if (verdict instanceof Verdict.No no) {
            trace.later(ReceiveTrace.refused(client, envelope, recipient, no.rule(), reply.apply(no)));
        }
        return verdict;
    }

    @Override
    public Receipt.Taken accept(Client client, Envelope envelope, MessageSource content) throws MailException {
        return accept(client, envelope, content, any -> false);
    }

    /** @param untold of which refusals nothing is traced, because nobody hears of them */
    private Receipt.Taken accept(
            Client client, Envelope envelope, MessageSource content, Predicate<MailException> untold)
            throws MailException {
        try {
            return "BINARYMIME".equalsIgnoreCase(envelope.parameters().get("BODY"))
                    ? keep(client, Lines.of(envelope), Lines.of(content))
                    : keep(client, envelope, content);
        } catch (Unwanted e) {
            trace.later(ReceiveTrace.refused(client, envelope, e));
            throw e.answer();
        } catch (MailException e) {
            if (!untold.test(e)) {
                trace.later(ReceiveTrace.refused(
                        client, envelope, "data", SmtpReply.of(e).line()));
            }
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Receipt.Taken keep(Client client, Envelope envelope, MessageSource received)
            throws MailException, Unwanted, IOException {
        var content = Prefixed.separate(received);
        var scan = HeaderScan.of(content);
        if (scan.received() > settings.hops()) {
            throw new MailException(Reason.LOOP, "Too many hops: the message goes round in a circle");
        }
        var waiting = moderation.waiting(client, envelope);
        var direct = Moderation.without(waiting, envelope);
        var recipients = Wishes.areDatedAhead(envelope.parameters())
                ? Recipients.later(client.login() != null, direct, directory)
                : Recipients.of(
                        client.login() != null, direct, scan.deliveredTo(), directory, forwardedSenders::forwarded);
        var queueId = QueueId.next();
        var lines = lines(client, envelope, scan, queueId, content);
        var source = new Prefixed(lines, content);
        makeSureOfRoom(recipients, source.size());
        var parsed = MessageParser.parse(source);
        var findings = policies.content(client, envelope, queueId, parsed, source);
        var fate = findings.fate();
        if (fate.isPresent() && fate.get().isNo()) {
            throw new Unwanted(queueId, fate.get(), findings.story(), ReceiveTrace.about(parsed, fate.get()));
        }
        var edits = edits(client, scan, findings);
        if (!edits.isEmpty()) {
            source = Edited.of(lines, content, edits);
            parsed = MessageParser.parse(source);
        }
        var marks = marks(client, findings, scan, envelope);
        var marked = Suspicion.marked(envelope, marks);
        if (fate.isPresent()) {
            return setAside(client, marked, queueId, parsed, source, findings, fate.get());
        }
        var steps = ReceiveTrace.accepted(client, envelope, recipients, parsed, queueId, findings);
        var copies = Copy.of(recipients.onward(), source, envelope.reversePath(), marks);
        if (waiting.isEmpty()) {
            acceptance.keep(queueId, parsed, source, marked, recipients, copies, findings.isJunk(), steps);
        } else {
            steps.addAll(ReceiveTrace.waiting(client, envelope, queueId, waiting));
            acceptance.keepAndHold(
                    queueId,
                    parsed,
                    source,
                    Moderation.without(waiting, marked),
                    recipients,
                    copies,
                    findings.isJunk(),
                    steps,
                    ReceiveTrace.address(client),
                    waiting);
        }
        for (var line : ReceiveTrace.lines(client, envelope, recipients, source.size(), queueId)) {
            LOG.log(System.Logger.Level.INFO, line);
        }
        return new Receipt.Taken(queueId, Story.of(findings, recipients));
    }

    /** RFC 8601 §5: nobody else says in our name what we found, but a mail system in front of us that we trust (LMTP). */
    private Edits edits(Client client, HeaderScan scan, Findings findings) {
        return scan.hasResults() && client.role() != Protocol.LMTP
                ? findings.edits().remove(ResultsField.pretending(settings.hostname()))
                : findings.edits();
    }

    /** What goes with it through the queue, and no client can set. */
    private static Map<String, String> marks(Client client, Findings findings, HeaderScan scan, Envelope envelope) {
        var marks = new HashMap<>(Suspicion.marks(client, findings.facts()));
        // RFC 8689 §4.1: where TLS is required with MAIL, the field is passed over.
        if (scan.tlsOptional() && !envelope.parameters().containsKey(Wishes.REQUIRETLS)) {
            marks.put(Wishes.TLS_OPTIONAL, "");
        }
        return marks;
    }

    /** Taken, as the client hears, and not delivered. */
    private Receipt.Taken setAside(
            Client client,
            Envelope envelope,
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            Findings findings,
            Decision fate)
            throws MailException {
        switch (fate.action()) {
            case QUARANTINE ->
                acceptance.quarantine(
                        queueId,
                        parsed,
                        source,
                        ReceiveTrace.address(client),
                        envelope,
                        fate,
                        ReceiveTrace.setAside(
                                Kind.QUARANTINED, client, envelope, parsed, queueId, findings, fate, to -> ""));
            case BOUNCE -> {
                var rejection = new Rejection(queueId, envelope, parsed, source, fate.text());
                var report = rejection.report(settings.hostname(), directory.whereToAsking(envelope.reversePath()));
                acceptance.giveUp(
                        queueId,
                        report,
                        ReceiveTrace.setAside(
                                Kind.FAILED,
                                client,
                                envelope,
                                parsed,
                                queueId,
                                findings,
                                fate,
                                to -> rejection.silence(to, report)));
            }
            case DISCARD ->
                acceptance.giveUp(
                        queueId,
                        Optional.empty(),
                        ReceiveTrace.setAside(
                                Kind.DISCARDED, client, envelope, parsed, queueId, findings, fate, to -> ""));
            case NONE, PASS, ACCEPT, REFUSE, DEFER, JUNK -> throw new IllegalStateException(fate.line());
        }
        LOG.log(
                System.Logger.Level.INFO,
                "q=" + queueId + " from=" + OneLine.address(envelope.reversePath()) + " rule="
                        + OneLine.of(fate.rule(), 100) + " session=" + client.session() + " status="
                        + fate.action().name().toLowerCase(Locale.ROOT));
        return new Receipt.Taken(queueId, findings.story());
    }

    private byte[] lines(Client client, Envelope envelope, HeaderScan scan, String queueId, MessageSource content)
            throws MailException, IOException {
        var now = Instant.now();
        var lines = new StringBuilder(ReceivedField.returnPath(envelope.reversePath()))
                .append(ReceivedField.of(client, envelope, settings.hostname(), queueId, now));
        var login = client.login();
        if (client.role() == Protocol.SUBMISSION && login != null) {
            lines.append(submission.authorFields(login, content));
            // RFC 6409 §8.2 and §8.3
            if (!scan.hasDate()) {
                lines.append("Date: ").append(ReceivedField.DATE.format(now)).append("\r\n");
            }
            if (!scan.hasMessageId()) {
                lines.append("Message-ID: <")
                        .append(queueId)
                        .append('@')
                        .append(settings.hostname())
                        .append(">\r\n");
            }
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Now the size is known. A message is refused for want of room only if nobody could have it: one who had room at RCPT
     * and shares the message with others gets it even if it is a little too large.
     */
    private void makeSureOfRoom(Recipients recipients, long size) throws MailException {
        if (recipients.local().size() == 1
                && recipients.remote().isEmpty()
                && recipients.onward().isEmpty()) {
            room.check(recipients.local().keySet().iterator().next(), size);
        }
    }

    /** All at once; where that fails for what may be one recipient's fault, one after another. */
    @Override
    public List<Receipt> deliver(Client client, Envelope envelope, MessageSource content) throws MailException {
        int recipients = envelope.recipients().size();
        Predicate<MailException> concernsOne = no -> recipients > 1 && isOfOneRecipient(no.reason());
        try {
            return Collections.nCopies(recipients, accept(client, envelope, content, concernsOne));
        } catch (MailException e) {
            if (!concernsOne.test(e)) {
                throw e;
            }
            return envelope.recipients().stream()
                    .map(recipient -> deliverAlone(client, envelope, recipient, content))
                    .toList();
        }
    }

    private static boolean isOfOneRecipient(Reason reason) {
        return switch (reason) {
            case NO_SUCH_RECIPIENT, RECIPIENT_DISABLED, RELAY_DENIED, OVER_QUOTA, NO_SUCH_MAILBOX -> true;
            case SENDER_NOT_ALLOWED,
                    POLICY,
                    SPF_FAILED,
                    DMARC_FAILED,
                    NOT_YET,
                    TOO_LARGE,
                    LOOP,
                    MAILBOX_EXISTS,
                    BAD_NAME,
                    NOT_PERMITTED,
                    EXPUNGED,
                    IN_USE,
                    LIMIT,
                    OTHER_MECHANISM,
                    UNAVAILABLE -> false;
        };
    }

    private Receipt deliverAlone(
            Client client, Envelope envelope, Envelope.Recipient recipient, MessageSource content) {
        try {
            return accept(
                    client, new Envelope(envelope.reversePath(), envelope.parameters(), List.of(recipient)), content);
        } catch (MailException e) {
            return new Receipt.Refused(e.reason(), e.text());
        }
    }

    @Override
    public Lookup verify(Client client, String name) {
        return lookups.verify(client, name);
    }

    @Override
    public Lookup expand(Client client, String name) {
        return lookups.expand(client, name);
    }

    @Override
    public List<String> whereTo(Client client, Envelope envelope, String address) {
        return lookups.whereTo(client, envelope.reversePath(), address);
    }

    @Override
    public QueueRun runQueue(Client client, String domain) throws MailException {
        return queueStart.run(client, domain);
    }

    @Override
    public void refused(Client client, Envelope envelope, String step, String reply) {
        trace.later(ReceiveTrace.refused(client, envelope, step, reply));
    }
}
