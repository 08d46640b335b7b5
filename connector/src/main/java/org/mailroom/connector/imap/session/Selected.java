package org.mailroom.connector.imap.session;

import java.util.ArrayList;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.mailroom.connector.imap.parse.ObjectId;
import org.mailroom.connector.net.Connection;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.Flags;
import org.mailroom.contract.store.MailStore.Opened;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.UidSet;

/**
 * The selected mailbox as the client knows it. Sequence numbers mean what they mean in this view, and only a response that
 * the client was sent makes it newer (RFC 9051 §7.5).
 */
public final class Selected {
    private final Connection connection;
    private final UnaryOperator<String> speech;
    private final String name;
    private final boolean readOnly;
    private final Set<Feature> enabled;
    private MailboxView told;

    /** Messages of which this session was told first, or which it only looks at (RFC 3501 §2.3.2). */
    private UidSet recent;

    private final Claim claim;

    /** What "$" stands for (RFC 5182). */
    private UidSet saved = UidSet.EMPTY;

    /** What this client added itself and was not told yet. */
    private UidSet added = UidSet.EMPTY;

    /** Of the newest view that was looked at; one from before it, from a slower road, would tell old news. */
    private long newest;

    /** Takes the \Recent of what the client was told of. */
    @FunctionalInterface
    interface Claim {
        /** @return messages from this UID on, up to the next one, are \Recent in this session */
        long take(MailboxView before, MailboxView told);
    }

    /** @param speech puts what is said to people into their language */
    Selected(
            Connection connection,
            String name,
            Opened opened,
            boolean readOnly,
            Set<Feature> enabled,
            UnaryOperator<String> speech,
            Claim claim) {
        this.connection = connection;
        this.speech = speech;
        this.name = name;
        this.readOnly = readOnly;
        this.enabled = enabled;
        this.claim = claim;
        this.told = opened.view();
        // What comes while it is only looked at may be another session's as well.
        this.recent = UidSet.range(opened.firstRecent(), readOnly ? UidSet.ALL.last() : told.uidNext() - 1);
        this.newest = told.modseq();
    }

    public long mailbox() {
        return told.mailbox();
    }

    /** As it was named in SELECT. */
    public String name() {
        return name;
    }

    /** What the user may do here, as he was told last. */
    public Rights rights() {
        return told.rights();
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /** What the client was told last. */
    public MailboxView view() {
        return told;
    }

    /** Which messages are \Recent, of those that are there. */
    public UidSet recent() {
        return recent;
    }

    /** Whether flags that changed are told with their mod-sequence (RFC 7162 §3.1). */
    public boolean tellsModseq() {
        return enabled.contains(Feature.CONDSTORE);
    }

    /** The result of the last search that was to be kept (RFC 5182 §2.1). */
    public UidSet saved() {
        return saved;
    }

    public void save(UidSet uids) {
        saved = uids;
    }

    void added(UidSet uids) {
        added = added.or(uids);
    }

    /** How a response about a message begins, up to its first item (RFC 9051 §7.5.2, RFC 9586 §3.3). */
    public String fetched(int sequence) {
        return uidOnly() ? "* " + told.uid(sequence) + " UIDFETCH (" : "* " + sequence + " FETCH (";
    }

    private boolean uidOnly() {
        return enabled.contains(Feature.UIDONLY);
    }

    /** RFC 9051 §2.3.2: IMAP4rev2 knows no \\Recent. */
    private boolean knowsRecent() {
        return !enabled.contains(Feature.IMAP4REV2);
    }

    /** The flags of a message as FETCH tells them. */
    public String flags(int sequence) {
        return FlagText.of(told.flags(sequence), told.keywords(), knowsRecent() && recent.contains(told.uid(sequence)));
    }

    private int countRecent() {
        int count = 0;
        for (int range = 0; range < recent.ranges(); range++) {
            count += told.atOrAbove(recent.last(range) + 1) - told.atOrAbove(recent.first(range));
        }
        return count;
    }

    /** What SELECT tells (RFC 9051 §6.3.2, RFC 3501 §6.3.1). */
    public void tellAll() {
        untagged("FLAGS " + FlagText.known(told.keywords()));
        tellPermanentFlags(told);
        tellSize();
        var unseen = knowsRecent() ? told.select(Flags.SEEN, 0) : UidSet.EMPTY;
        if (!unseen.isEmpty() && !uidOnly()) {
            untagged("OK [UNSEEN " + told.sequence(unseen.first()) + "] The first unseen message");
        }
        untagged("OK [UIDVALIDITY " + told.uidValidity() + "] UIDs are valid");
        untagged("OK [UIDNEXT " + told.uidNext() + "] The next UID");
        tellHighestModseq();
        untagged("OK [MAILBOXID (" + ObjectId.mailbox(mailbox()) + ")] The mailbox, whatever its name");
    }

    /** Those that this user may change (RFC 4314 §5.1.1). */
    private void tellPermanentFlags(MailboxView view) {
        var flags = readOnly ? "()" : FlagText.permanent(view.keywords(), view.rights());
        untagged("OK [PERMANENTFLAGS " + flags + "] Flags that stay");
    }

    private void tellSize() {
        untagged(told.size() + " EXISTS");
        if (knowsRecent()) {
            untagged(countRecent() + " RECENT");
        }
    }

    /** The first session that is told of a message has it as \Recent, and unless it only looks, the only one. */
    private void tellArrived(MailboxView before) {
        untagged(told.size() + " EXISTS");
        if (!readOnly) {
            // Whoever waits for mail need not wait for the claim, too.
            connection.flush();
            recent = recent.or(UidSet.range(claim.take(before, told), told.uidNext() - 1));
        }
        if (knowsRecent()) {
            untagged(countRecent() + " RECENT");
        }
    }

    /** With SELECT, and when the client first speaks of mod-sequences later (RFC 7162 §3.1). */
    void tellHighestModseq() {
        untagged("OK [HIGHESTMODSEQ " + told.modseq() + "] The highest mod-sequence");
    }

    /** Tells what went before now, of what the client may know (RFC 7162 §3.2.10.1). */
    public void tellVanished(UidSet uids) {
        var gone = uids.and(UidSet.range(1, told.uidNext() - 1)).minus(told.uids());
        if (!gone.isEmpty()) {
            untagged("VANISHED (EARLIER) " + gone);
        }
    }

    /** Tells flags of these messages that changed after a mod-sequence (RFC 7162 §3.2.5.1). */
    public void tellChangedSince(UidSet uids, long modseq) {
        for (int sequence = 1; sequence <= told.size(); sequence++) {
            if (told.entry(sequence).modseq() > modseq && uids.contains(told.uid(sequence))) {
                tellFlags(sequence, false);
            }
        }
    }

    /**
     * Tells what became of the mailbox meanwhile.
     *
     * @param flags whether the client wants to hear of changed flags, too
     * @return the new messages that others added
     */
    UidSet tell(MailboxView newer, boolean mayExpunge, boolean flags) {
        long last = told.size() == 0 ? 0 : told.uid(told.size());
        tell(newer, mayExpunge, uid -> !flags);
        added = added.above(last);
        return told.known(UidSet.ALL.above(last)).minus(added);
    }

    /**
     * Tells what the client's own STORE did, and what became of the mailbox meanwhile.
     *
     * @param stored messages named in the command
     * @param silent only those whose flags are other than the client must think they are
     */
    public void tellStored(MailboxView newer, boolean mayExpunge, UidSet stored, FlagChange change, boolean silent) {
        var before = told;
        LongPredicate expected = uid -> {
            int then = before.sequence(uid);
            int now = newer.sequence(uid);
            return then > 0
                    && now > 0
                    && stored.contains(uid)
                    && newer.flags(now) == FlagText.apply(change, before.flags(then), newer.keywords());
        };
        tell(newer, mayExpunge, silent ? expected : stored::contains);
        for (int range = 0; range < stored.ranges() && (!silent || tellsModseq()); range++) {
            int sequence = told.atOrAbove(stored.first(range));
            for (; sequence <= told.size() && told.uid(sequence) <= stored.last(range); sequence++) {
                long uid = told.uid(sequence);
                if (newer.sequence(uid) > 0 && (!silent || expected.test(uid))) {
                    // RFC 7162 §3.1.3: a silent STORE still tells the new mod-sequence.
                    tellFlags(sequence, silent);
                }
            }
        }
    }

    /**
     * Takes over new flags, of which the response at hand tells.
     *
     * @param uids of which messages
     */
    public void adopt(MailboxView newer, UidSet uids) {
        tellKeywords(newer);
        told = merged(newer, uids, false);
    }

    private void tell(MailboxView newer, boolean mayExpunge, LongPredicate known) {
        if (newer == told || newer.modseq() < newest) {
            return;
        }
        newest = newer.modseq();
        var before = told;
        var changes = told.changesTo(newer);
        tellKeywords(newer);
        if (changes.expunged().isEmpty() || mayExpunge) {
            tellExpunged(changes.expunged());
            told = newer;
        } else {
            // Gone messages stay in the numbering until the client may hear of them; all else it hears now.
            told = merged(newer, changes.changed(), true);
        }
        if (changes.added() > 0) {
            tellArrived(before);
        }
        changes.changed().stream().filter(uid -> !known.test(uid)).forEach(uid -> tellFlags(told.sequence(uid), false));
    }

    /**
     * RFC 9051 §7.3.5: a keyword is announced before a message shows it; RFC 4314 §5.1.1: so are other rights, once they are
     * found to have changed.
     */
    private void tellKeywords(MailboxView newer) {
        if (!newer.keywords().equals(told.keywords()) || !newer.rights().equals(told.rights())) {
            untagged("FLAGS " + FlagText.known(newer.keywords()));
            if (!readOnly) {
                tellPermanentFlags(newer);
            }
        }
    }

    /** Each number counts the messages that are left after those before it were taken away (RFC 9051 §7.5.1). */
    private void tellExpunged(UidSet expunged) {
        if (!expunged.isEmpty() && (uidOnly() || enabled.contains(Feature.QRESYNC))) {
            // RFC 7162 §3.2.10, RFC 9586 §3.3.
            untagged("VANISHED " + expunged);
            return;
        }
        int gone = 0;
        for (var uids = expunged.iterator(); uids.hasNext(); gone++) {
            untagged(told.sequence(uids.nextLong()) - gone + " EXPUNGE");
        }
    }

    /** What was told, with the flags of these messages from the newer view. */
    private MailboxView merged(MailboxView newer, UidSet uids, boolean withNew) {
        var entries = new ArrayList<MailboxView.Entry>();
        for (var each = uids.iterator(); each.hasNext(); ) {
            int sequence = newer.sequence(each.nextLong());
            if (sequence > 0) {
                entries.add(newer.entry(sequence));
            }
        }
        if (withNew) {
            long last = told.size() == 0 ? 0 : told.uid(told.size());
            for (int sequence = newer.atOrAbove(last + 1); sequence <= newer.size(); sequence++) {
                entries.add(newer.entry(sequence));
            }
        }
        return told.with(
                        entries,
                        UidSet.EMPTY,
                        withNew ? newer.uidNext() : told.uidNext(),
                        // Not the newer one: what else changed is still to be told.
                        told.modseq(),
                        newer.keywords())
                .of(newer.rights());
    }

    private void tellFlags(int sequence, boolean modseqOnly) {
        var items = new ArrayList<String>(3);
        if (!uidOnly()) {
            items.add("UID " + told.uid(sequence));
        }
        if (!modseqOnly) {
            items.add("FLAGS " + flags(sequence));
        }
        if (tellsModseq()) {
            items.add("MODSEQ (" + told.entry(sequence).modseq() + ")");
        }
        connection.write(fetched(sequence) + String.join(" ", items) + ")\r\n");
    }

    private void untagged(String text) {
        connection.write("* " + speech.apply(text) + "\r\n");
    }
}
