package org.mailroom.mailbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MailboxView;

/**
 * The views of this node, one a mailbox, shared by all sessions. A view is read from the database when it is first asked for;
 * later only what changed is. {@link #changed} comes before the one who made the change is told of its success, so whoever
 * asks after that sees it.
 */
@ApplicationScoped
public class MailboxViews {
    private static final System.Logger LOG = System.getLogger(MailboxViews.class.getName());

    /** A message takes 24 octets; the rest is pages, arrays and the slot itself. */
    private static final int MESSAGE = 25;

    private static final int MAILBOX = 600;

    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private Cache<Long, ViewSlot> slots = cache(Runtime.getRuntime().maxMemory() / 8);

    public MailboxViews() {}

    MailboxViews(DataSource database, long octets) {
        this.database = database;
        this.slots = cache(octets);
    }

    private static Cache<Long, ViewSlot> cache(long octets) {
        return Caffeine.newBuilder()
                .maximumWeight(octets)
                .weigher((Long mailbox, ViewSlot slot) -> MAILBOX + MESSAGE * slot.size())
                .build();
    }

    /** The view as it stands; the same object as before while nothing changed. */
    public MailboxView view(long mailbox) throws MailException {
        return view(mailbox, 0);
    }

    /** @param modseq that the caller knows to be reached, because it read it in the database */
    public MailboxView view(long mailbox, long modseq) throws MailException {
        return current(mailbox, modseq).view();
    }

    /** Brings the view up to date for whoever comes next. What goes wrong is his to meet. */
    public void readAhead(long mailbox) {
        try {
            view(mailbox);
        } catch (MailException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "the view of mailbox " + mailbox + " is not read ahead", e);
        }
    }

    /** As the one who comes sees it: what he has seen, and what he may do. */
    public MailboxView view(Access access) throws MailException {
        return view(access, 0);
    }

    public MailboxView view(Access access, long modseq) throws MailException {
        var owners = view(access.mailbox(), modseq);
        if (access.isOwn()) {
            return owners;
        }
        try {
            return slots.get(access.mailbox(), id -> new ViewSlot()).seenBy(access, owners, database);
        } catch (SQLException e) {
            throw new IllegalStateException("what was seen in mailbox " + access.mailbox() + " could not be read", e);
        }
    }

    /** Whether no session of this node was told of what is below this UID: many may listen, and one of them need ask. */
    public boolean firstToTell(long mailbox, long uidNext) {
        return slots.get(mailbox, id -> new ViewSlot()).firstToTell(uidNext);
    }

    /** Whose it is, and who else may do what with it; from memory, like the view. */
    public Acl acl(long mailbox) throws MailException {
        return current(mailbox, 0).acl();
    }

    private ViewQuery.Owned current(long mailbox, long modseq) throws MailException {
        var slot = slots.get(mailbox, id -> new ViewSlot());
        int size = slot.size();
        try {
            var current = slot.current(mailbox, modseq, new ViewQuery(database));
            if (current == null) {
                slots.asMap().remove(mailbox, slot);
                throw new MailException(Reason.NO_SUCH_MAILBOX, "The mailbox is gone");
            }
            if (slot.size() != size) {
                slots.asMap().replace(mailbox, slot, slot); // weighs it again
            }
            return current;
        } catch (SQLException e) {
            throw new IllegalStateException("the view of mailbox " + mailbox + " could not be read", e);
        }
    }

    /** Views that should be kept, by mailbox. */
    Map<Long, MailboxView> unsaved(ViewSnapshots.Limits limits) {
        var unsaved = new HashMap<Long, MailboxView>();
        slots.asMap().forEach((mailbox, slot) -> slot.unsaved(limits).ifPresent(view -> unsaved.put(mailbox, view)));
        return unsaved;
    }

    void saved(long mailbox, long modseq) {
        var slot = slots.getIfPresent(mailbox);
        if (slot != null) {
            slot.saved(modseq);
        }
    }

    /** A commit changed the mailbox: what is known of it no longer counts. */
    public void changed(long mailbox) {
        changed(new MailboxChanged(mailbox));
    }

    /** Likewise; but where the commit tells all that it did, the view goes on from there. */
    void changed(MailboxChanged change) {
        var slot = slots.getIfPresent(change.mailbox());
        if (slot != null) {
            slot.changed(change.news());
        }
    }
}
