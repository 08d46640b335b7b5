package org.mailroom.receive;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Objects;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Resolution;
import org.mailroom.message.Messages;
import org.mailroom.message.ParsedMessage;
import org.mailroom.policy.GroupSender;
import org.mailroom.queue.HouseMail;

/** Messages to groups that do not take them from just anybody, and have moderators: they wait, and the moderators hear of it. */
@ApplicationScoped
public class Moderation {
    /** A longer message is not enclosed in what moderators get. */
    private static final long LONGEST_ENCLOSED = 256 * 1024;

    @Inject
    private Directory directory;

    @Inject
    private GroupSender senders;

    @Inject
    private Quarantine quarantine;

    @Inject
    private Messages messages;

    @Inject
    private HouseMail house;

    /** The recipients for whom a message waits; mostly none. */
    List<Envelope.Recipient> waiting(Client client, Envelope envelope) {
        return envelope.recipients().stream()
                .filter(to -> directory.resolve(to.address()) instanceof Resolution.Group group
                        && senders.waits(client, envelope.reversePath(), group))
                .toList();
    }

    static Envelope without(List<Envelope.Recipient> waiting, Envelope envelope) {
        return waiting.isEmpty()
                ? envelope
                : new Envelope(
                        envelope.reversePath(),
                        envelope.parameters(),
                        envelope.recipients().stream()
                                .filter(to -> !waiting.contains(to))
                                .toList());
    }

    /** In the caller's transaction; throws where what waited for moderators has none to wait for any more. */
    void hold(
            String queueId,
            ParsedMessage parsed,
            MessageSource source,
            String client,
            Envelope envelope,
            List<Envelope.Recipient> waiting)
            throws MailException {
        for (var recipient : waiting) {
            if (!(directory.resolve(recipient.address()) instanceof Resolution.Group group)) {
                // It is none of the direct recipients either, and nobody would have it.
                throw new MailException(Reason.UNAVAILABLE, "A recipient changed this moment; try again later");
            }
            var alone = new Envelope(envelope.reversePath(), envelope.parameters(), List.of(recipient));
            long id = quarantine.hold(queueId, messages.keep(queueId, parsed, source), client, alone, group.address());
            tell(id, group, parsed, source);
        }
    }

    private void tell(long id, Resolution.Group group, ParsedMessage parsed, MessageSource source) {
        var enclosed = source.size() <= LONGEST_ENCLOSED ? source : null;
        for (var moderator : group.moderators()) {
            house.send(
                    moderator,
                    "moderation",
                    enclosed,
                    group.address(),
                    Objects.requireNonNullElse(parsed.subject(), ""),
                    Objects.requireNonNullElse(parsed.from(), ""),
                    String.valueOf(id),
                    String.valueOf(quarantine.keptFor().toDays()));
        }
    }
}
