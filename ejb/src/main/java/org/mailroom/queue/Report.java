package org.mailroom.queue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.directory.Expansion;
import org.mailroom.message.MessageParser;
import org.mailroom.message.ParsedMessage;
import org.mailroom.trace.TraceStep;

/**
 * A report ready to be delivered, made before the transaction that delivers it begins.
 *
 * @param to where mail for its recipient, the sender of the message, goes
 * @param parameters with which it is sent on
 * @param notices what it tells
 * @param queued whether it goes through the queue, where it is looked up anew who its recipient is
 */
public record Report(
        String queueId,
        String recipient,
        Expansion to,
        Map<String, String> parameters,
        ParsedMessage parsed,
        MessageSource octets,
        List<Notice> notices,
        boolean queued) {
    public Report {
        parameters = Map.copyOf(parameters);
        notices = List.copyOf(notices);
    }

    /** The report that is due, if any, on what was wanted of these. */
    static Optional<Report> due(
            Batch batch, List<Notice> notices, String hostname, Expansion sender, Returned.Reader reader)
            throws MailException {
        var wanted = notices.stream().filter(Notice::isWanted).toList();
        if (wanted.isEmpty() || Silence.about(batch, sender).isPresent()) {
            return Optional.empty();
        }
        var returned = Returned.of(batch, reader);
        var told = wanted.stream()
                .filter(notice -> notice.action() == Notice.Action.FAILED || !Silence.isMass(returned.octets()))
                .toList();
        return told.isEmpty() ? Optional.empty() : Optional.of(made(batch, told, hostname, sender, returned));
    }

    private static Report made(Batch batch, List<Notice> told, String hostname, Expansion sender, Returned returned)
            throws MailException {
        var queueId = QueueId.next();
        var bounce = new Bounce(queueId, hostname, batch, told, returned, Instant.now());
        var octets = MessageSource.of(bounce.octets());
        var parsed = MessageParser.parse(octets);
        return new Report(
                queueId, batch.reversePath(), sender, parameters(bounce), parsed, octets, told, sender.meetsUnseen());
    }

    private static Map<String, String> parameters(Bounce bounce) {
        var parameters = new HashMap<>(Map.of("BODY", "8BITMIME"));
        if (bounce.isGlobal()) {
            parameters.put("SMTPUTF8", "");
        }
        if (bounce.batch().parameters().containsKey(Wishes.REQUIRETLS)) {
            // RFC 8689 §5: what was to be protected still is.
            parameters.put(Wishes.REQUIRETLS, "");
        }
        return parameters;
    }

    /** The same where its recipient has gone since he was looked up. */
    Report throughQueue() {
        return new Report(queueId, recipient, to, parameters, parsed, octets, notices, true);
    }

    /** What the trace tells where it goes through the queue. @param about the message that it reports on */
    public List<TraceStep> steps(String about) {
        return QueueTrace.waiting(about, this);
    }

    /** To go through the queue, where other mailboxes are locked before it could be delivered. */
    public Envelope comingHome() {
        return new Envelope("", parameters, List.of(Envelope.Recipient.of(recipient)));
    }

    /** For those of its recipients who are elsewhere. */
    Envelope envelope() {
        return new Envelope(
                "",
                parameters,
                to.elsewhere().stream().map(Envelope.Recipient::of).toList());
    }
}
