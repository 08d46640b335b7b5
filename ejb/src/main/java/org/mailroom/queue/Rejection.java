package org.mailroom.queue;

import java.io.IOException;
import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.directory.Expansion;
import org.mailroom.message.ParsedMessage;

/** A message that was taken from a client and then given up by a policy: its sender gets a report as on any other failure. */
public record Rejection(String queueId, Envelope envelope, ParsedMessage parsed, MessageSource source, String text) {
    /**
     * The report that is due, if any.
     *
     * @param hostname ours
     * @param sender where mail for its sender goes
     */
    public Optional<Report> report(String hostname, Expansion sender) throws MailException {
        var batch = batch();
        var notices = batch.addressees().stream()
                .map(to -> new Notice(Notice.Action.FAILED, result(to)))
                .toList();
        return Report.due(batch, notices, hostname, sender, (message, offset, length) -> read(offset, length));
    }

    /** Why the sender does not hear of a recipient; empty where he does. */
    public String silence(Envelope.Recipient recipient, Optional<Report> report) {
        return QueueTrace.silence(batch(), result(addressee(recipient)), report);
    }

    private Attempt.Result result(Batch.Addressee addressee) {
        return new Attempt.Result(addressee, new Outcome(Outcome.Kind.FAILED, 550, "5.7.1", text), "", "");
    }

    private static Batch.Addressee addressee(Envelope.Recipient recipient) {
        return new Batch.Addressee(0, recipient.address(), recipient.parameters(), 0);
    }

    private Batch batch() {
        var addressees =
                envelope.recipients().stream().map(Rejection::addressee).toList();
        return Batch.unqueued(queueId, parsed, envelope, addressees);
    }

    private byte[] read(long offset, int length) {
        try (var in = source.open()) {
            in.skipNBytes(offset);
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
