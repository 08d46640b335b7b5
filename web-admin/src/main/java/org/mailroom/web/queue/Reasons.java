package org.mailroom.web.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.mailroom.admin.QueueEntry;
import org.mailroom.admin.QueueRecipient;
import org.mailroom.web.site.Show;
import org.mailroom.web.site.Texts;

/** Why mail is still here, in words. */
@Named
@ApplicationScoped
public class Reasons {
    @Inject
    private Texts texts;

    @Inject
    private Show show;

    public String of(QueueRecipient recipient) {
        return switch (Cause.of(recipient)) {
            case FIRST -> texts.of("reason.first");
            case SENDING -> texts.of("reason.sending");
            case HELD -> texts.of("reason.held");
            case POISON -> texts.of("reason.poison");
            case SILENT -> texts.of("reason.silent", recipient.attempts());
            case FAILED -> texts.of("reason.failed", show.foreign(recipient.lastReply()));
            case REPLIED -> texts.of("reason.replied", host(recipient), show.foreign(recipient.lastReply()));
        };
    }

    /** The recipient that explains an entry best: the one that was tried most often. */
    public QueueRecipient worst(QueueEntry entry) {
        return worst(entry.recipients());
    }

    static QueueRecipient worst(List<QueueRecipient> recipients) {
        return recipients.stream()
                .max(Comparator.comparingInt(QueueRecipient::attempts))
                .orElseThrow();
    }

    private String host(QueueRecipient recipient) {
        return recipient.lastHost().isEmpty() ? texts.of("reason.server") : show.foreign(recipient.lastHost());
    }

    /** The kinds of waiting that a reader tells apart. */
    enum Cause {
        FIRST,
        SENDING,
        HELD,
        POISON,
        SILENT,
        /** We say what went wrong: no connection, no name. */
        FAILED,
        /** The other server said it. */
        REPLIED;

        private static final Pattern REPLY = Pattern.compile("[2-5]\\d\\d[ -].*", Pattern.DOTALL);

        static Cause of(QueueRecipient recipient) {
            return switch (recipient.state()) {
                case "sending" -> SENDING;
                case "held" -> HELD;
                case "poison" -> POISON;
                default -> {
                    // What is not counted as an attempt, such as a refused connection, left a reply all the same.
                    if (recipient.lastReply().isBlank()) {
                        yield recipient.attempts() == 0 ? FIRST : SILENT;
                    }
                    yield REPLY.matcher(recipient.lastReply()).matches() ? REPLIED : FAILED;
                }
            };
        }
    }
}
