package org.mailroom.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What messages are sorted and threaded by, so that no header is read when a client asks. Texts are folded ({@link Casemap}),
 * and so octets compare as i;unicode-casemap does.
 *
 * @param baseSubject RFC 5256 §2.1
 * @param reply whether the subject is that of a reply or a forward
 * @param from mailbox of the first address (RFC 5256 §3: addr-mailbox), and so {@code to} and {@code cc}
 * @param displayFrom its display name, or else its address (RFC 5957 §3), and so {@code displayTo}
 * @param references Message-IDs of the messages before it, the oldest first; of an answer without References that of
 *     In-Reply-To (RFC 5256 §3)
 * @param thread the same for all messages of a conversation (RFC 8474 §5.2)
 */
public record Sorting(
        String baseSubject,
        boolean reply,
        String from,
        String to,
        String cc,
        String displayFrom,
        String displayTo,
        List<String> references,
        long thread) {
    private static final int LONGEST = 200;
    private static final int MOST_REFERENCES = 100;

    public Sorting {
        references = List.copyOf(references);
    }

    static Sorting of(HeaderFields fields, @Nullable String messageId, byte[] envelope) {
        var subject = BaseSubject.of(fields.subject == null ? "" : HeaderText.decode(fields.subject));
        var from = AddressList.first(fields.from);
        var to = AddressList.first(fields.to);
        var references = references(fields);
        return new Sorting(
                folded(subject.text()),
                subject.reply(),
                folded(from.mailbox()),
                folded(to.mailbox()),
                folded(AddressList.first(fields.cc).mailbox()),
                folded(from.display()),
                folded(to.display()),
                references,
                thread(references, messageId, envelope));
    }

    private static String folded(String text) {
        var clean = HeaderText.forPeople(text, LONGEST);
        return Casemap.fold(clean);
    }

    private static List<String> references(HeaderFields fields) {
        var all = MessageIds.all(fields.references);
        if (all.isEmpty()) {
            all = MessageIds.all(fields.inReplyTo);
            return all.isEmpty() ? List.of() : all.subList(0, 1);
        }
        if (all.size() <= MOST_REFERENCES) {
            return all;
        }
        // The first is the root of the conversation, the last are those that this one answers.
        var some = new ArrayList<>(all.subList(all.size() - MOST_REFERENCES + 1, all.size()));
        some.addFirst(all.getFirst());
        return some;
    }

    /** From the oldest message that is known of; one that names none is a conversation of its own. */
    private static long thread(List<String> references, @Nullable String messageId, byte[] envelope) {
        var root = references.isEmpty() ? messageId : references.getFirst();
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(root == null ? envelope : root.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() >>> 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
