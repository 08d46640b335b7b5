package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.RouteTarget;
import org.mailroom.queue.QueueDeeds;
import org.mailroom.queue.QueueFilter;
import org.mailroom.queue.QueuedMessages;

/**
 * Mail that waits to leave: why it does, and what can be done about it. A deed for more than one entry is told how many its
 * caller saw, and is refused where there are more by now.
 */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class QueueAdmin {
    private static final int MOST = 1000;
    private static final int LONGEST_HEADER = 256 * 1024;
    private static final int LONGEST_MESSAGE = 256 * 1024;

    @Inject
    private QueuedMessages queue;

    @Inject
    private QueueDeeds deeds;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public Page<QueueEntry> entries(QueueSelection selection, int offset, int limit) throws AdminException {
        var filter = selection.filter().within(scope.seen());
        var rows = queue.list(filter, Math.max(0, offset), Math.clamp(limit, 1, MOST));
        return new Page<>(rows.stream().map(QueueAdmin::entry).toList(), queue.count(filter));
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public Optional<QueueEntry> find(long id) {
        return queue.list(QueueFilter.of(List.of(id)).within(scope.seen()), 0, 1).stream()
                .findFirst()
                .map(QueueAdmin::entry);
    }

    /** The header of a message, as it was received; an octet a character. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public Optional<String> header(long id) {
        return find(id).flatMap(entry -> queue.octets(id, false, LONGEST_HEADER))
                .map(QueueAdmin::text);
    }

    /** The message, at most its first 256 kB; who reads other people's mail is written down. */
    public Optional<String> message(long id) {
        var octets = queue.octets(id, true, LONGEST_MESSAGE);
        if (octets.isPresent()) {
            audit.write("queue.read", "id=" + id, "");
        }
        return octets.map(QueueAdmin::text);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** Tries everything now, also what was held or set aside. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public QueueDone retry(QueueSelection selection, long seen) throws AdminException {
        return audited("queue.retry", selection, "", deeds.retry(confirmed(selection, seen), scope.who()));
    }

    /** Nothing of it leaves until it is released. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public QueueDone hold(QueueSelection selection, long seen) throws AdminException {
        return audited("queue.hold", selection, "", deeds.hold(confirmed(selection, seen), scope.who()));
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public QueueDone release(QueueSelection selection, long seen) throws AdminException {
        return audited("queue.release", selection, "", deeds.release(confirmed(selection, seen), scope.who()));
    }

    /** @param targets {@code smtp://host:port}, several divided by blanks; empty: as without an operator */
    public QueueDone reroute(QueueSelection selection, String targets, long seen) throws AdminException {
        try {
            var route = RouteTarget.parseAll(targets).stream()
                    .map(RouteTarget::toString)
                    .collect(Collectors.joining(" "));
            return audited(
                    "queue.reroute",
                    selection,
                    "to=" + route,
                    deeds.reroute(confirmed(selection, seen), route, scope.who()));
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    /** Returns it to its senders without another attempt. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public QueueDone bounce(QueueSelection selection, long seen) throws AdminException {
        return audited("queue.bounce", selection, "", deeds.giveUp(confirmed(selection, seen), scope.who()));
    }

    /** Removes it without a word to its senders. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    public QueueDone delete(QueueSelection selection, long seen) throws AdminException {
        return audited("queue.delete", selection, "", deeds.delete(confirmed(selection, seen), scope.who()));
    }

    private QueueFilter confirmed(QueueSelection selection, long seen) throws AdminException {
        var filter = selection.filter().within(scope.changed());
        long now = queue.count(filter);
        if (now > seen) {
            throw new AdminException(
                    Kind.CONFLICT, "This concerns " + now + " messages by now, and " + seen + " were confirmed");
        }
        return filter;
    }

    private QueueDone audited(String action, QueueSelection selection, String more, QueueDeeds.Done done) {
        if (done.recipients() > 0) {
            audit.write(
                    action,
                    selection.toString(),
                    ("messages=" + done.messages() + " recipients=" + done.recipients() + " " + more).strip());
        }
        return new QueueDone(done.messages(), done.recipients());
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
