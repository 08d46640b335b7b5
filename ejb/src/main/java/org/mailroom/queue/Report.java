package org.mailroom.queue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.directory.Expansion;
import org.mailroom.message.MessageParser;
import org.mailroom.message.ParsedMessage;

/**
 * A report ready to be delivered, made before the transaction that delivers it begins.
 *
 * @param to where mail for its recipient, the sender of what failed, goes
 * @param about the failed recipients that it tells of
 */
public record Report(
        String queueId,
        String recipient,
        Expansion to,
        ParsedMessage parsed,
        MessageSource octets,
        List<String> about) {
    public Report {
        about = List.copyOf(about);
    }

    /**
     * The report that is due, if any: never on a report (RFC 5321 §6.1), and only on recipients of whose failure the sender
     * wants to hear (RFC 3461 §4.1).
     */
    static Optional<Report> due(
            Batch batch, List<Attempt.Result> failed, String hostname, Expansion sender, Returned.Reader reader)
            throws MailException {
        var told = failed.stream()
                .filter(result -> result.addressee().wantsFailure())
                .toList();
        if (told.isEmpty() || batch.reversePath().isEmpty() || !sender.arrives()) {
            return Optional.empty();
        }
        var queueId = QueueId.next();
        var bounce = new Bounce(queueId, hostname, batch, told, Returned.of(batch, reader), Instant.now());
        var octets = MessageSource.of(bounce.octets());
        var about = told.stream().map(result -> result.addressee().address()).toList();
        return Optional.of(
                new Report(queueId, batch.reversePath(), sender, MessageParser.parse(octets), octets, about));
    }
}
