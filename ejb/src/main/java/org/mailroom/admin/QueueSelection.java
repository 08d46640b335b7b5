package org.mailroom.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.queue.QueueFilter;

/**
 * A part of the queue as somebody typed it; what is empty says nothing.
 *
 * @param ids of entries; those of which nothing is left are passed over
 * @param text a queue id, or a part of a sender's or recipient's address
 * @param state {@code waiting}, {@code sending}, {@code held} or {@code poison}
 * @param domain of recipients: {@code example.org} or {@code *.example.org}
 * @param sender a part of the reverse path
 * @param recipient a part of a recipient's address
 * @param reply a part of the last reply
 * @param olderThan such as {@code 90m}, {@code 4h}, {@code 2d} or {@code PT4H}
 */
public record QueueSelection(
        List<Long> ids,
        String text,
        String state,
        String domain,
        String sender,
        String recipient,
        String reply,
        String olderThan) {
    private static final Set<String> STATES = Set.of("", "waiting", "sending", "held", "poison");
    private static final int LONGEST = 400;
    private static final int MOST = 1000;

    /** Older than any queue. */
    private static final Duration OLDEST = Duration.ofDays(36_500);

    public QueueSelection {
        ids = List.copyOf(ids);
    }

    public static QueueSelection of(long id) {
        return new QueueSelection(List.of(id), "", "", "", "", "", "", "");
    }

    public static QueueSelection of(String text) {
        return new QueueSelection(List.of(), text, "", "", "", "", "", "");
    }

    /** Just these entries. */
    public static QueueSelection of(List<Long> ids) {
        return new QueueSelection(ids, "", "", "", "", "", "", "");
    }

    /** Whether nothing narrows it: the whole queue. */
    public boolean isEverything() {
        return ids.isEmpty()
                && String.join("", text, state, domain, sender, recipient, reply, olderThan)
                        .isBlank();
    }

    QueueFilter filter() throws AdminException {
        if (!STATES.contains(state.strip())) {
            throw new AdminException(Kind.INVALID, "A state is waiting, sending, held or poison");
        }
        if (ids.size() > MOST
                || text.length() > LONGEST
                || domain.length() > LONGEST
                || sender.length() > LONGEST
                || recipient.length() > LONGEST
                || reply.length() > LONGEST) {
            throw new AdminException(Kind.INVALID, "A selection has at most " + MOST + " entries and short words");
        }
        return new QueueFilter(
                ids, text.strip(), state.strip(), domain, sender, recipient, reply, age(olderThan.strip()), null);
    }

    private static @Nullable Duration age(String typed) throws AdminException {
        if (typed.isEmpty()) {
            return null;
        }
        var text = typed.toUpperCase(Locale.ROOT);
        try {
            var age = Duration.parse(text.startsWith("P") ? text : text.endsWith("D") ? "P" + text : "PT" + text);
            if (!age.isNegative() && age.compareTo(OLDEST) <= 0) {
                return age;
            }
        } catch (DateTimeException e) {
            // Refused below, as one that is beyond all bounds.
        }
        throw new AdminException(Kind.INVALID, "An age is such as 90m, 4h or 2d");
    }

    /** For the audit. */
    @Override
    public String toString() {
        var words = new StringBuilder();
        if (!ids.isEmpty()) {
            words.append(" ids=").append(ids);
        }
        say(words, "text", text);
        say(words, "state", state);
        say(words, "domain", domain);
        say(words, "sender", sender);
        say(words, "recipient", recipient);
        say(words, "reply", reply);
        say(words, "older-than", olderThan);
        return words.isEmpty() ? "everything" : words.substring(1);
    }

    private static void say(StringBuilder words, String name, String value) {
        if (!value.isBlank()) {
            words.append(' ').append(name).append('=').append(value.strip());
        }
    }
}
