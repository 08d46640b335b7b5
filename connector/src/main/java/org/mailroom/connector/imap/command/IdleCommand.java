package org.mailroom.connector.imap.command;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.Frame;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.store.MailboxWatcher;

/** IDLE (RFC 9051 §6.3.13): the client listens, and holds no thread while nothing happens. */
public final class IdleCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.end();
        session.connection().write("+ idling\r\n");
        var listener = new Listener(session);
        listener.begin();
        return new Reply.Expects(listener);
    }

    private static final class Listener implements Reply.Continuation, MailboxWatcher {
        private final ImapSession session;
        private final AtomicBoolean due = new AtomicBoolean();
        private @Nullable Long mailbox;

        Listener(ImapSession session) {
            this.session = session;
        }

        void begin() {
            if (session.state() == ImapSession.State.SELECTED) {
                mailbox = session.selected().mailbox();
                boolean begun = false;
                try {
                    session.store().watch(mailbox, this);
                    // What changed before the watch began.
                    tell();
                    begun = true;
                } finally {
                    if (!begun) {
                        dropped();
                    }
                }
            }
            session.connection().flush();
        }

        /** On the thread of whoever changed the mailbox: it only leaves a note. */
        @Override
        public void changed(long changedMailbox) {
            if (due.compareAndSet(false, true)) {
                session.connection().run(this::tell);
            }
        }

        private void tell() {
            due.set(false);
            if (mailbox != null) {
                session.tellChanges(true);
                session.connection().flush();
                if (session.state() == ImapSession.State.LOGOUT) {
                    session.connection().close();
                }
            }
        }

        @Override
        public Reply line(Frame line) throws BadSyntax {
            dropped();
            var in = new Arguments(line);
            if (!in.takeWord("DONE")) {
                throw in.expected("DONE");
            }
            in.end();
            return Reply.ok("IDLE completed");
        }

        @Override
        public void dropped() {
            var watched = mailbox;
            mailbox = null;
            if (watched != null) {
                session.store().unwatch(watched, this);
            }
        }
    }
}
