package org.mailroom.admin;

import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MailException;
import org.mailroom.message.Messages;
import org.mailroom.receive.Quarantine;
import org.mailroom.receive.QuarantineRelease;

/** Mail that was set aside: look, then release or delete. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
public class QuarantineAdmin {
    private static final int MOST = 1000;
    private static final int START = 16 * 1024;

    @Inject
    private Quarantine quarantine;

    @Inject
    private QuarantineRelease release;

    @Inject
    private Messages messages;

    @Inject
    private Audit audit;

    @Inject
    private QuarantineAdmin self;

    @Resource
    private SessionContext session;

    /** Newest first; what waits for moderators of groups is theirs to decide, and only found by its number. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
    public Page<QuarantineEntry> entries(int offset, int limit) {
        var rows = quarantine.list(Math.max(0, offset), Math.clamp(limit, 1, MOST));
        return new Page<>(rows.stream().map(kept -> entry(kept, "")).toList(), quarantine.count());
    }

    /** One, with how it begins: only an administrator reads other people's mail, and the audit knows. */
    public QuarantineEntry show(long id) throws AdminException {
        var kept = quarantine.find(id).orElseThrow(() -> missing(id));
        audit.write("quarantine.show", kept.queueId(), "id=" + id);
        try {
            int length = (int) Math.min(kept.size(), START);
            var octets = messages.octets(kept.message(), 0, length);
            return entry(kept, new String(octets, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", ""));
        } catch (MailException e) {
            throw missing(id);
        }
    }

    /** Delivers it to its recipients, once. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // it may have to ask somebody else's directory
    public void release(long id) throws AdminException {
        release.ask(id);
        self.released(id);
    }

    /** The part of {@link #release} that writes. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void released(long id) throws AdminException {
        try {
            var kept =
                    release.release(id, session.getCallerPrincipal().getName()).orElseThrow(() -> missing(id));
            audit.write("quarantine.release", kept.queueId(), "id=" + id);
        } catch (MailException e) {
            throw new AdminException(Kind.CONFLICT, e.text());
        }
    }

    public void delete(long id) throws AdminException {
        var kept = release.delete(id, session.getCallerPrincipal().getName()).orElseThrow(() -> missing(id));
        audit.write("quarantine.delete", kept.queueId(), "id=" + id);
    }

    private static AdminException missing(long id) {
        return new AdminException(Kind.NOT_FOUND, "There is no message " + id + " in quarantine");
    }

    private static QuarantineEntry entry(Quarantine.Kept kept, String start) {
        return new QuarantineEntry(
                kept.id(),
                kept.queueId(),
                kept.envelope().reversePath(),
                kept.envelope().recipients().stream()
                        .map(Envelope.Recipient::address)
                        .toList(),
                kept.client(),
                kept.subject(),
                kept.size(),
                kept.rule(),
                kept.detail(),
                kept.moderated(),
                kept.created(),
                kept.expires(),
                start);
    }
}
