package org.mailroom.contract.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;

/**
 * Mailboxes and messages. Each call is one short transaction and never waits for a client; what is large is read in pages by
 * the caller. Session state (which mailbox is selected, which sequence numbers it was told) stays with the caller, in a
 * {@link MailboxView}.
 *
 * <p>Every change of a mailbox raises its mod-sequence (RFC 7162); all messages that one call changes get the same.
 */
public interface MailStore {
    /** Octets that a row or a call of {@link #octets} carries at most. */
    int CHUNK = 256 * 1024;

    /** Rows that a call of {@link #rows} returns at most. */
    int PAGE = 500;

    /** How names of mailboxes begin that belong to other people (RFC 2342 §4). */
    String OTHER_USERS = "#user/";

    /** How names of mailboxes begin that belong to nobody in particular. */
    String SHARED = "#shared/";

    // Mailboxes

    /**
     * All mailboxes of the account in order of name, INBOX first; then those of others that it may see, by names that begin with
     * {@link #OTHER_USERS} or {@link #SHARED} and the owner's address. The address alone stands for his INBOX.
     */
    List<MailboxInfo> mailboxes(Actor actor);

    MailboxInfo mailbox(Actor actor, String name) throws MailException;

    /** Makes the mailbox, and those above it that are missing (RFC 9051 §6.3.4). */
    MailboxInfo create(Actor actor, String name, @Nullable String specialUse) throws MailException;

    void delete(Actor actor, String name) throws MailException;

    /** Renames with all below it; INBOX gives its messages away and stays (RFC 9051 §6.3.6). */
    void rename(Actor actor, String from, String to) throws MailException;

    /** Names that the account subscribed to, whether or not they exist. */
    Set<String> subscriptions(Actor actor);

    void subscribe(Actor actor, String name, boolean subscribed) throws MailException;

    // Rights (RFC 4314). Who has none at all in a mailbox is told that there is none.

    /** The access control list, the owner first; negative rights have identifiers that begin with a dash. */
    List<AclEntry> acl(Actor actor, String name) throws MailException;

    record AclEntry(String identifier, Rights rights) {}

    /** @param identifier an address of an account or a group, or {@code anyone}; after a dash for negative rights */
    void changeRights(Actor actor, String name, String identifier, RightsChange change) throws MailException;

    /** The rights that the identifier has whatever the list says: all where it is the owner, or none (LISTRIGHTS). */
    Rights certainRights(Actor actor, String name, String identifier) throws MailException;

    // Annotations (RFC 5464)

    /**
     * Annotations of these names that there are, and all below them, in order of name.
     *
     * @param name of a mailbox; empty for the server
     */
    List<Annotation> annotations(Actor actor, String name, List<String> entries) throws MailException;

    /**
     * An annotation that there is.
     *
     * @param mailbox its number, or {@link #OF_SERVER}
     * @param digest another where the value is another
     */
    record Annotated(long mailbox, String entry, String digest) {
        public static final long OF_SERVER = 0;
    }

    /** All annotations that the account may read, in its mailboxes, in those of others and of the server; ten thousand at most. */
    List<Annotated> annotated(Actor actor);

    /** Sets annotations, all or none; LIMIT where they would be too many. */
    void annotate(Actor actor, String name, List<Annotation> changes) throws MailException;

    // The view

    /**
     * The mailbox for SELECT and EXAMINE.
     *
     * @param claimRecent SELECT: no later session will see these messages as \Recent
     */
    Opened open(Actor actor, String name, boolean claimRecent) throws MailException;

    /**
     * The view as it stands; the same object as before while nothing changed, neither the mailbox nor what the actor may do
     * with it. NO_SUCH_MAILBOX after a deletion, NOT_PERMITTED after the loss of the right to read.
     */
    MailboxView view(Actor actor, long mailbox) throws MailException;

    /** @param firstRecent messages from this UID on are \Recent for the session; beyond every UID where none is */
    record Opened(MailboxView view, @Nullable String specialUse, long firstRecent) {}

    /**
     * Takes the \Recent of messages that a session was told of (RFC 3501 §2.3.2): no other will see them so. A claim may be lost
     * where the database breaks down behind it.
     *
     * @param uidNext what the session was told of is below this UID
     * @return messages from this UID on were told of to nobody before; {@code uidNext} where there is none
     */
    long claimRecent(Actor actor, long mailbox, long uidNext) throws MailException;

    // Messages

    /**
     * Reads messages in order of UID.
     *
     * @param uids those that no longer exist are left out
     * @param budget octets of header, octets, envelope and structure after which the page ends; at least one row is returned
     * @return at most {@link #PAGE} rows; the caller asks again for what is above the last UID, until nothing is left
     */
    List<MessageRow> rows(Actor actor, long mailbox, UidSet uids, Set<MessageColumn> columns, int budget)
            throws MailException;

    /**
     * A piece of a message.
     *
     * @return at most {@link #CHUNK} octets from offset on, empty at the end
     */
    byte[] octets(long message, long offset, int length) throws MailException;

    /** UIDs that match, evaluated against the store as it stands. */
    UidSet search(Actor actor, long mailbox, SearchKey key) throws MailException;

    /** These messages, those that are left of them, in another order (RFC 5256 §3); what compares equal, in order of UID. */
    long[] sort(Actor actor, long mailbox, UidSet uids, List<SortKey> order) throws MailException;

    /** What threads are made of, in order of UID. */
    List<ThreadRow> threadRows(Actor actor, long mailbox, UidSet uids) throws MailException;

    /**
     * UIDs that were expunged after a mod-sequence; where the log does not reach back so far, all that are not there any more
     * (RFC 7162 §3.2.5.2).
     */
    UidSet expungedSince(Actor actor, long mailbox, long modseq) throws MailException;

    /**
     * Changes flags; those that the actor may not change stay as they are, and only where he may change none of them is it
     * refused (RFC 4314 §4).
     *
     * @param unchangedSince messages with a higher mod-sequence are left alone (RFC 7162 §3.1.3); Long.MAX_VALUE for all
     */
    Stored store(Actor actor, long mailbox, UidSet uids, FlagChange change, long unchangedSince) throws MailException;

    /**
     * @param view after the change
     * @param changed messages whose flags are other than before
     * @param modified messages left alone because of unchangedSince
     */
    record Stored(MailboxView view, UidSet changed, UidSet modified) {}

    /**
     * Copies messages with flags and internal dates, all or none; the octets are shared.
     *
     * @param move also expunges them from here, in the same transaction (RFC 6851)
     * @param least how many have to be there still; where there are fewer, nothing is copied: EXPUNGED
     */
    Copied copy(Actor actor, long mailbox, UidSet uids, String target, boolean move, long least) throws MailException;

    /** @param from and {@code to} pair by pair, for COPYUID (RFC 4315) */
    record Copied(long uidValidity, UidSet from, UidSet to) {}

    /**
     * Removes messages for good.
     *
     * @param uids which of them
     * @param onlyDeleted only where \Deleted is set (EXPUNGE); otherwise whatever their flags (POP3)
     */
    UidSet expunge(Actor actor, long mailbox, UidSet uids, boolean onlyDeleted) throws MailException;

    /** Adds messages in one transaction, all or none (RFC 3502). */
    Appended append(Actor actor, String name, List<NewMessage> messages) throws MailException;

    /**
     * Adds a message and expunges another one, at once (RFC 8508).
     *
     * @param mailbox of the message that goes
     */
    Appended replace(Actor actor, long mailbox, long uid, String name, NewMessage message) throws MailException;

    record Appended(long uidValidity, UidSet uids) {}

    /** @param internalDate null for now */
    record NewMessage(FlagChange flags, @Nullable Instant internalDate, MessageSource content) {}

    /** Of the account. */
    Quota quota(Actor actor);

    /** Of the one to whom the mailbox belongs, who has to be asked for room. */
    Quota quota(Actor actor, String name) throws MailException;

    /** Octets and messages used; a limit of null is no limit. */
    record Quota(
            long octets,
            @Nullable Long octetLimit,
            long messages,
            @Nullable Long messageLimit) {}

    // Watching

    /** From now on tells the watcher when the mailbox changes, on any node. The same watcher may watch many. */
    void watch(long mailbox, MailboxWatcher watcher);

    void unwatch(long mailbox, MailboxWatcher watcher);

    /** From now on tells the watcher, with the number of no mailbox, when mailboxes of the account come, go, or get other names or subscriptions. */
    void watchNames(Actor actor, MailboxWatcher watcher);

    void unwatchNames(Actor actor, MailboxWatcher watcher);
}
