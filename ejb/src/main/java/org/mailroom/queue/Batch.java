package org.mailroom.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;
import org.mailroom.message.ParsedMessage;

/**
 * One message and those of its recipients that share a domain, claimed to be sent in one go.
 *
 * @param id of the queued message
 * @param message whose octets are sent
 * @param headerSize octets of its header
 * @param messageId its Message-ID without brackets, or null
 * @param expires when these recipients are given up
 * @param route hosts that an operator chose, as {@code RouteTarget} writes them; empty: none
 * @param givenUp who wants it returned to its sender unsent; empty: nobody
 * @param suspect whether an earlier attempt was interrupted
 * @param whole whether no other recipient waits for it
 */
public record Batch(
        long id,
        String queueId,
        long message,
        long size,
        int headerSize,
        @Nullable String messageId,
        @Nullable String subject,
        String reversePath,
        Map<String, String> parameters,
        Instant created,
        Instant expires,
        String domain,
        String route,
        String givenUp,
        boolean suspect,
        boolean whole,
        List<Addressee> addressees) {
    /** RFC 5321 §4.5.3.1.8: what every host must take in one transaction. */
    static final int MOST = 100;

    public Batch {
        parameters = Map.copyOf(parameters);
        addressees = List.copyOf(addressees);
    }

    /** One for which no operator decided anything. */
    Batch(
            long id,
            String queueId,
            long message,
            long size,
            int headerSize,
            @Nullable String messageId,
            @Nullable String subject,
            String reversePath,
            Map<String, String> parameters,
            Instant created,
            Instant expires,
            String domain,
            boolean whole,
            List<Addressee> addressees) {
        this(
                id,
                queueId,
                message,
                size,
                headerSize,
                messageId,
                subject,
                reversePath,
                parameters,
                created,
                expires,
                domain,
                "",
                "",
                false,
                whole,
                addressees);
    }

    /** A message that is not in the queue, so that its sender can be told of it. */
    static Batch unqueued(String queueId, ParsedMessage parsed, Envelope envelope, List<Addressee> addressees) {
        var now = Instant.now();
        return new Batch(
                0,
                queueId,
                0,
                parsed.size(),
                parsed.headerSize(),
                parsed.messageId(),
                parsed.subject(),
                envelope.reversePath(),
                envelope.parameters(),
                now,
                now,
                "",
                true,
                addressees);
    }

    /**
     * One recipient.
     *
     * @param id of its row
     * @param attempts that were made before
     * @param notice when the sender is to be told that it is late; null: not any more, or never
     */
    record Addressee(
            long id,
            String address,
            Map<String, String> parameters,
            int attempts,
            @Nullable Instant notice) {
        Addressee {
            parameters = Map.copyOf(parameters);
        }

        Addressee(long id, String address, Map<String, String> parameters, int attempts) {
            this(id, address, parameters, attempts, null);
        }
    }

    /** The same message for some of its recipients. */
    Batch of(List<Addressee> some, boolean all) {
        return new Batch(
                id,
                queueId,
                message,
                size,
                headerSize,
                messageId,
                subject,
                reversePath,
                parameters,
                created,
                expires,
                domain,
                route,
                givenUp,
                suspect,
                all,
                some);
    }

    Envelope envelope(List<Addressee> some) {
        return new Envelope(
                reversePath,
                parameters,
                some.stream()
                        .map(to -> new Envelope.Recipient(to.address(), to.parameters()))
                        .toList());
    }

    List<Long> ids() {
        return addressees.stream().map(Addressee::id).toList();
    }
}
