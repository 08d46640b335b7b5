package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.mailroom.queue.QueuedMessages;

/** Mail that waits to leave: why it does, and what can be done about it. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class QueueAdmin {
    private static final int MOST = 1000;

    @Inject
    private QueuedMessages queue;

    @Inject
    private Audit audit;

    @Resource
    private SessionContext session;

    /** @param filter a queue id, or a part of a sender's or recipient's address; empty: all */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Page<QueueEntry> entries(String filter, int offset, int limit) {
        var part = filter.strip();
        var rows = queue.list(part, Math.max(0, offset), Math.clamp(limit, 1, MOST));
        return new Page<>(rows.stream().map(QueueAdmin::entry).toList(), queue.count(part));
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Optional<QueueEntry> find(long id) {
        return queue.find(id).map(QueueAdmin::entry);
    }

    /** Tries everything of a message now, also what was held or set aside. */
    public void retry(long id) {
        if (queue.retry(id, who())) {
            audit.write("queue.retry", String.valueOf(id), "");
        }
    }

    /** Removes a message without a word to its sender. */
    public void delete(long id) {
        var entry = queue.find(id);
        if (queue.delete(id, who())) {
            audit.write(
                    "queue.delete", entry.map(QueuedMessages.Listed::queueId).orElse(""), "id=" + id);
        }
    }

    private String who() {
        return session.getCallerPrincipal().getName();
    }

    private static QueueEntry entry(QueuedMessages.Listed message) {
        return new QueueEntry(
                message.id(),
                message.queueId(),
                message.reversePath(),
                message.subject(),
                message.size(),
                message.created(),
                message.recipients().stream().map(QueueAdmin::recipient).toList());
    }

    private static QueueRecipient recipient(QueuedMessages.To to) {
        return new QueueRecipient(
                to.address(),
                to.state(),
                to.attempts(),
                to.nextAttempt(),
                to.expires(),
                to.priority(),
                to.route(),
                to.heldBy(),
                to.heldAt(),
                to.lastAttempt(),
                to.lastReply(),
                to.lastHost());
    }
}
