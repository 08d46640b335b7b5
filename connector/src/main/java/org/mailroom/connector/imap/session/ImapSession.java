package org.mailroom.connector.imap.session;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.FrameLimits;
import org.mailroom.connector.imap.parse.Framer;
import org.mailroom.connector.imap.parse.Quoted;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Services;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.Reason;
import org.mailroom.contract.login.Logins.LoginVerdict.Granted;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.MailStore.Opened;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/** One client: who it is, what it selected, and what it was told. For the connection's worker only. */
public final class ImapSession {
    /** RFC 9051 §3. */
    public enum State {
        NOT_AUTHENTICATED,
        AUTHENTICATED,
        SELECTED,
        LOGOUT
    }

    private static final System.Logger LOG = System.getLogger(ImapSession.class.getName());

    /** RFC 9585 §4: no more often than every ten seconds or so. */
    private static final long PROGRESS = Duration.ofSeconds(10).toNanos();

    private final Compression connection;
    private final Services services;
    private final Framer framer;
    private final FrameLimits afterLogin;
    private final LongSupplier clock;

    private final Set<Feature> enabled = EnumSet.noneOf(Feature.class);

    private State state = State.NOT_AUTHENTICATED;
    private String tag = "*";
    private int errors;

    /** When the command at hand began, or last said how far it is. */
    private long toldProgress;

    private @Nullable Actor actor;
    private @Nullable Selected selected;
    private Wishes wishes = Wishes.EVERYTHING;
    private Language language = Language.EN;

    public ImapSession(
            Connection connection, Services services, Framer framer, FrameLimits afterLogin, LongSupplier clock) {
        this.clock = clock;
        this.connection = new Compression(connection);
        this.services = services;
        this.framer = framer;
        this.afterLogin = afterLogin;
    }

    public Connection connection() {
        return connection;
    }

    public Services services() {
        return services;
    }

    public MailStore store() {
        return services.store();
    }

    public State state() {
        return state;
    }

    /** Of the command at hand. */
    public String tag() {
        return tag;
    }

    public void tag(String newTag) {
        this.tag = newTag;
        this.toldProgress = clock.getAsLong();
    }

    /** Counts what an attacker or a broken client does, and tells whether it was enough. */
    public boolean tooManyErrors() {
        return ++errors > services.settings().limits().errors();
    }

    /** Who asks; only after login, as the command table sees to. */
    public Actor actor() {
        if (actor == null) {
            throw new IllegalStateException("nobody has logged in");
        }
        return actor;
    }

    /** The mailbox; only while one is selected, as the command table sees to. */
    public Selected selected() {
        if (selected == null) {
            throw new IllegalStateException("no mailbox is selected");
        }
        return selected;
    }

    /** An untagged response. */
    public void untagged(String text) {
        connection.write("* " + language.of(text) + "\r\n");
    }

    /** The tagged response of the command at hand. */
    public void tagged(String text) {
        connection.write(tag + " " + language.of(text) + "\r\n");
    }

    /** RFC 5255 §3.2. */
    public void speak(Language newLanguage) {
        language = newLanguage;
    }

    public Language language() {
        return language;
    }

    /** RFC 4978: from now on, in both directions. */
    public void compress() {
        connection.begin(framer);
    }

    /** RFC 8437 §2: what was written last still leaves compressed. */
    public void uncompress() {
        connection.finish(framer);
    }

    public boolean isCompressed() {
        return connection.isActive();
    }

    /** The connection is gone. */
    public void closed() {
        wishes.end();
        connection.end();
    }

    // What the client enabled

    public boolean has(Feature feature) {
        return enabled.contains(feature);
    }

    public void enable(Feature feature) {
        if (feature == Feature.CONDSTORE || feature == Feature.QRESYNC) {
            // RFC 7162 §3.2.3: QRESYNC implies CONDSTORE.
            tellModseq();
        }
        enabled.add(feature);
    }

    /** Whether names pass as UTF-8 (RFC 9051 §5.1, RFC 9755 §3); otherwise in modified UTF-7. */
    public boolean utf8() {
        return has(Feature.IMAP4REV2) || has(Feature.UTF8_ACCEPT);
    }

    /** A mailbox name as this client reads it. */
    public String quoted(String mailbox) {
        return utf8() ? Quoted.utf8(mailbox) : Quoted.mailbox(mailbox);
    }

    /** Other text as this client reads it; names of people, in UTF-8 always (RFC 4314 §2). */
    public String text(String text) {
        return Quoted.utf8(text);
    }

    // Changes of state

    public void loggedIn(Granted login) {
        actor = new Actor(login.account(), Protocol.IMAP, connection.id());
        state = State.AUTHENTICATED;
        framer.limits(afterLogin);
        connection.login(login.name());
        connection.silence(services.settings().limits().imapTimeout());
    }

    public Selected select(String name, Opened opened, boolean readOnly) {
        selected =
                new Selected(connection, name, opened, readOnly, enabled, text -> language.of(text), this::claimRecent);
        state = State.SELECTED;
        wishes.selected();
        return selected;
    }

    public void unselect() {
        wishes.leaving(selected().view());
        selected = null;
        state = State.AUTHENTICATED;
        wishes.selected();
    }

    /** RFC 8437 §2: as if nobody had logged in; what the client enabled is forgotten. */
    public void unauthenticate() {
        wish(Wishes.EVERYTHING);
        selected = null;
        actor = null;
        enabled.clear();
        language = Language.EN;
        errors = 0;
        state = State.NOT_AUTHENTICATED;
        framer.limits(FrameLimits.BEFORE_LOGIN);
        connection.login("");
        connection.silence(services.settings().limits().loginTimeout());
    }

    public void logout() {
        selected = null;
        state = State.LOGOUT;
    }

    /** RFC 7162 §3.1: from ENABLE CONDSTORE, or the first command that speaks of mod-sequences, to the end of the session. */
    public void tellModseq() {
        if (enabled.add(Feature.CONDSTORE) && selected != null) {
            selected.tellHighestModseq();
        }
    }

    /**
     * Tells from time to time how far a command is that takes long (RFC 9585 §4).
     *
     * @param done of {@code total}, in whatever the command counts
     */
    public void progress(long done, long total) {
        long now = clock.getAsLong();
        if (done < total && now - toldProgress >= PROGRESS) {
            toldProgress = now;
            untagged("OK [INPROGRESS (" + Quoted.string(tag) + " " + done + " " + total + ")] Still at it");
            connection.flush();
        }
    }

    // What happened meanwhile

    /** Where it cannot be known who was told first, what arrived is \Recent (RFC 3501 §2.3.2). */
    private long claimRecent(MailboxView before, MailboxView told) {
        try {
            return store().claimRecent(actor(), told.mailbox(), told.uidNext());
        } catch (MailException | RuntimeException problem) {
            LOG.log(System.Logger.Level.DEBUG, "session=" + connection.id() + " status=recent-unclaimed", problem);
            return before.uidNext();
        }
    }

    /** Whether the selected mailbox still exists, as far as can be known. */
    public boolean selectedIsThere() {
        try {
            store().view(actor(), selected().mailbox());
            return true;
        } catch (MailException problem) {
            return problem.reason() != Reason.NO_SUCH_MAILBOX;
        } catch (RuntimeException unavailable) {
            return true;
        }
    }

    /** From now on the client hears of this and no more. */
    public void wish(Wishes newWishes) {
        wishes.end();
        wishes = newWishes;
    }

    public Wishes wishes() {
        return wishes;
    }

    /**
     * The client itself added messages to a mailbox: where that is selected it knows them already (RFC 5465 §5.2).
     *
     * @param uidValidity of the mailbox; no two have the same
     */
    public void added(long uidValidity, UidSet uids) {
        if (selected != null && selected.view().uidValidity() == uidValidity) {
            selected.added(uids);
        }
    }

    /**
     * Tells the client what became of its mailbox, as far as it wants to hear it.
     *
     * @param mayExpunge not while a command that names messages by number is answered (RFC 9051 §7.5.1)
     */
    public void tellChanges(boolean mayExpunge) {
        if (wishes.messages()) {
            tell(mayExpunge, wishes.flags());
        }
    }

    /** After a command of the client that changed its mailbox. */
    public void tellAllChanges(boolean mayExpunge) {
        tell(mayExpunge, true);
    }

    private void tell(boolean mayExpunge, boolean flags) {
        if (selected == null) {
            return;
        }
        MailboxView newer;
        try {
            newer = store().view(actor(), selected.mailbox());
        } catch (MailException problem) {
            // RFC 2180 §3: the mailbox was deleted under the session; there is nothing left that its numbers could
            // mean.
            untagged("BYE " + ImapReplies.no(problem, false, language));
            logout();
            return;
        } catch (RuntimeException unavailable) {
            // News can wait for the next command, but the answer to this one must not change: what was done is done.
            LOG.log(System.Logger.Level.WARNING, "session={0} status=no-news", connection.id());
            return;
        }
        var arrived = selected.tell(newer, mayExpunge, flags);
        if (!arrived.isEmpty()) {
            wishes.arrived(arrived);
        }
    }
}
