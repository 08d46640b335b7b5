package org.mailroom.contract.maildrop;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.UidSet;

/** What POP3 asks beyond reading: the exclusive lock, what the session is shown, and the UPDATE state (RFC 1939 §3, §6). */
public interface Maildrops {
    /** What holds for whoever has not logged in yet. */
    Terms terms();

    /**
     * Takes the account's maildrop for this session, or throws IN_USE, or NOT_YET where the last login is too recent (RFC 2449
     * §6.5). The lock is a lease: see {@link #renew}.
     */
    Opened open(Actor actor) throws MailException;

    /**
     * @param view the account's INBOX as it stands
     * @param shown those of its messages that the session numbers; null for all
     */
    record Opened(MailboxView view, @Nullable UidSet shown, Terms terms) {}

    /** Holds the lock for another while; called at least every minute. */
    void renew(Actor actor);

    /**
     * The UPDATE state, one transaction: removes what was deleted, and what was fetched and the account may not leave; takes
     * down what else was fetched.
     *
     * @param fetched messages that were sent to the client as a whole
     * @param deleted messages marked by DELE
     */
    void update(Actor actor, long mailbox, UidSet fetched, UidSet deleted) throws MailException;

    /** Gives the lock back; nothing happens where it was lost. */
    void close(Actor actor);

    /**
     * What CAPA announces (RFC 2449 §6.5, §6.7).
     *
     * @param expire days that a message is kept at least; null for ever
     * @param differs whether another account's days may be other
     * @param loginDelay between two logins of an account; zero where there is none
     */
    record Terms(@Nullable Integer expire, boolean differs, Duration loginDelay) {}
}
