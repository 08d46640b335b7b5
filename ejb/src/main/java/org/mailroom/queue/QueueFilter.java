package org.mailroom.queue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the queue is meant; what is empty or null says nothing.
 *
 * @param ids of messages
 * @param text a queue id, or a part of a sender's or recipient's address
 * @param state {@code waiting}, {@code sending}, {@code held} or {@code poison}
 * @param domain of recipients: {@code example.org} or {@code *.example.org}
 * @param sender a part of the reverse path
 * @param recipient a part of a recipient's address
 * @param reply a part of the last reply
 * @param olderThan since when it waits at least
 * @param domains of senders or recipients; null: all
 */
public record QueueFilter(
        List<Long> ids,
        String text,
        String state,
        String domain,
        String sender,
        String recipient,
        String reply,
        @Nullable Duration olderThan,
        @Nullable Set<String> domains) {
    public static final QueueFilter ALL = new QueueFilter(List.of(), "", "", "", "", "", "", null, null);

    public QueueFilter {
        ids = List.copyOf(ids);
        domains = domains == null ? null : Set.copyOf(domains);
    }

    /** Mail from these domains is shown whole, other mail as far as it goes to them. */
    boolean shows(String reversePath, String recipientDomain) {
        var sender = reversePath.substring(reversePath.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return domains == null || domains.contains(sender) || domains.contains(recipientDomain);
    }

    /** What of it was sent from or goes to these domains; null: all of it. */
    public QueueFilter within(@Nullable Set<String> only) {
        return new QueueFilter(ids, text, state, domain, sender, recipient, reply, olderThan, only);
    }

    public static QueueFilter of(List<Long> ids) {
        return new QueueFilter(ids, "", "", "", "", "", "", null, null);
    }

    public static QueueFilter of(String text) {
        return new QueueFilter(List.of(), text, "", "", "", "", "", null, null);
    }
}
