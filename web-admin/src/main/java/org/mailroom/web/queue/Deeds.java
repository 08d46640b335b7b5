package org.mailroom.web.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.QueueAdmin;
import org.mailroom.admin.QueueDone;
import org.mailroom.admin.QueueSelection;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** What the buttons of the queue's pages do, and what is said about it. */
@ApplicationScoped
class Deeds {
    @Inject
    private QueueAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    /** @param seen how many messages the reader saw */
    void run(String action, QueueSelection selection, String to, long seen) {
        try {
            var done = done(action, selection, to, seen);
            notices.done(texts.of("queue.done." + action, done.messages(), done.recipients()));
        } catch (AdminException refused) {
            notices.problem(refused.text());
        }
    }

    private QueueDone done(String action, QueueSelection selection, String to, long seen) throws AdminException {
        return switch (action) {
            case "hold" -> admin.hold(selection, seen);
            case "release" -> admin.release(selection, seen);
            case "reroute" -> admin.reroute(selection, to, seen);
            case "bounce" -> admin.bounce(selection, seen);
            case "delete" -> admin.delete(selection, seen);
            default -> admin.retry(selection, seen);
        };
    }
}
