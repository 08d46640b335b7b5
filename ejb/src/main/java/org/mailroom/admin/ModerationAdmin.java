package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.contract.MailException;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.Directory;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Redirections;
import org.mailroom.directory.Resolution;
import org.mailroom.receive.Quarantine;
import org.mailroom.receive.QuarantineRelease;

/** What waits at groups: their moderators decide, and whoever administers their domain. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.USER})
public class ModerationAdmin {
    private static final int MOST = 1000;
    private static final int LONGEST_REASON = 200;

    @Inject
    private Quarantine quarantine;

    @Inject
    private QuarantineRelease release;

    @Inject
    private Redirections redirections;

    @Inject
    private Directory directory;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    @Inject
    private ModerationAdmin self;

    /** Those about which the caller may decide, oldest first. */
    public List<HeldMessage> held() {
        return quarantine.moderated(MOST).stream()
                .filter(kept -> mayDecide(kept.moderated()))
                .map(ModerationAdmin::info)
                .toList();
    }

    /** Sends it to the group, once. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // it may have to ask somebody else's directory
    public void approve(long id) throws AdminException {
        self.decidable(id);
        release.ask(id);
        self.approved(id);
    }

    /** The part of {@link #approve} that writes. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void approved(long id) throws AdminException {
        decidable(id);
        try {
            var kept = release.release(id, scope.who()).orElseThrow(() -> missing(id));
            audit.write("moderation.approve", kept.moderated(), "q=" + kept.queueId() + " from=" + from(kept));
        } catch (MailException e) {
            throw new AdminException(Kind.CONFLICT, e.text());
        }
    }

    /** Sends it back to its author. @param reason for him; may be empty */
    public void refuse(long id, String reason) throws AdminException {
        decidable(id);
        if (reason.length() > LONGEST_REASON || !reason.matches("[ -~]*")) {
            throw new AdminException(Kind.INVALID, "A reason is one line of at most 200 characters of ASCII");
        }
        var why = "A moderator did not let this message through" + (reason.isBlank() ? "" : ": " + reason.strip());
        try {
            var kept = release.refuse(id, scope.who(), why).orElseThrow(() -> missing(id));
            audit.write("moderation.refuse", kept.moderated(), "q=" + kept.queueId() + " from=" + from(kept));
        } catch (MailException e) {
            throw new AdminException(Kind.CONFLICT, e.text());
        }
    }

    /** Throws where nothing of this number waits for the caller's decision. */
    public void decidable(long id) throws AdminException {
        var group = quarantine.find(id).map(Quarantine.Kept::moderated).orElse("");
        if (group.isEmpty() || !mayDecide(group)) {
            throw missing(id);
        }
    }

    private boolean mayDecide(String group) {
        var domains = scope.changed();
        return domains == null || domains.contains(group.substring(group.lastIndexOf('@') + 1)) || isModerator(group);
    }

    private boolean isModerator(String group) {
        try {
            return directory.resolve(scope.who()) instanceof Resolution.Local me
                    && redirections.moderators(MailAddress.parse(group)).stream()
                            .anyMatch(moderator -> directory.resolve(moderator) instanceof Resolution.Local local
                                    && local.account().equals(me.account()));
        } catch (BadAddress e) {
            return false;
        }
    }

    private static AdminException missing(long id) {
        return new AdminException(Kind.NOT_FOUND, "No message " + id + " waits for your decision");
    }

    private static String from(Quarantine.Kept kept) {
        return "<" + kept.envelope().reversePath() + ">";
    }

    private static HeldMessage info(Quarantine.Kept kept) {
        return new HeldMessage(
                kept.id(),
                kept.queueId(),
                kept.moderated(),
                kept.envelope().reversePath(),
                kept.subject(),
                kept.size(),
                kept.created(),
                kept.expires());
    }
}
