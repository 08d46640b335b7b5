package org.mailroom.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Envelope;

/**
 * One message and those of its recipients that share a domain, claimed to be sent in one go.
 *
 * @param id of the queued message
 * @param message whose octets are sent
 * @param headerSize octets of its header
 * @param messageId its Message-ID without brackets, or null
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
        boolean whole,
        List<Addressee> addressees) {
    /** RFC 5321 §4.5.3.1.8: what every host must take in one transaction. */
    static final int MOST = 100;

    public Batch {
        parameters = Map.copyOf(parameters);
        addressees = List.copyOf(addressees);
    }

    /**
     * One recipient.
     *
     * @param id of its row
     * @param attempts that were made before
     */
    record Addressee(long id, String address, Map<String, String> parameters, int attempts) {
        Addressee {
            parameters = Map.copyOf(parameters);
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
