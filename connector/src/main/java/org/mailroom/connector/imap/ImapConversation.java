package org.mailroom.connector.imap;

import jakarta.ejb.EJBException;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.CommandTable.Row;
import org.mailroom.connector.imap.CommandTable.Trait;
import org.mailroom.connector.imap.command.Reply;
import org.mailroom.connector.imap.fetch.HalfWritten;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.Frame;
import org.mailroom.connector.imap.parse.FrameLimits;
import org.mailroom.connector.imap.parse.Framer;
import org.mailroom.connector.imap.parse.Unobtainable;
import org.mailroom.connector.imap.session.Capabilities;
import org.mailroom.connector.imap.session.ImapReplies;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.ConnectionClosed;
import org.mailroom.connector.net.HouseUnavailableException;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;
import org.mailroom.contract.MailException;

/** One client's conversation: frame in, row of the table, reply out. */
final class ImapConversation implements Session {
    private static final System.Logger LOG = System.getLogger(ImapConversation.class.getName());

    /** RFC 2683 §3.2.1.5 and RFC 7162 §4 ask for lines of 8,000 octets at least; clients that name many UIDs need more. */
    private static final int MEMORY = 64 * 1024;

    private final Connection connection;
    private final Services services;
    private final Framer framer;
    private final ImapSession session;

    /** The command that waits for its next line. */
    private Reply.@Nullable Continuation waiting;

    ImapConversation(Connection client, Services services, LongSupplier clock) {
        this.services = services;
        this.framer = new Framer(FrameLimits.BEFORE_LOGIN);
        var afterLogin =
                new FrameLimits(MEMORY, services.settings().limits().messageSize(), CommandTable.CARRY_MESSAGES);
        this.session = new ImapSession(client, services, framer, afterLogin, clock);
        this.connection = session.connection();
    }

    @Override
    public void greet() {
        connection.framer(framer);
        connection.silence(services.settings().limits().loginTimeout());
        session.untagged("OK [CAPABILITY " + Capabilities.of(session) + "] "
                + services.settings().hostname() + " Mailroom is ready");
    }

    @Override
    public void received(Input input) {
        switch (input) {
            case Frame frame when waiting != null -> resume(waiting, frame);
            case Frame frame -> command(frame);
            case Frame.Refused refused -> refused(refused);
            default -> throw new IllegalStateException("no input of IMAP: " + input.getClass());
        }
        if (session.isCompressed()) {
            // What lies in the packer would wait for more.
            connection.flush();
        }
    }

    private void refused(Frame.Refused refused) {
        if (refused.hopeless()) {
            session.untagged("BYE " + refused.text());
            connection.close();
            return;
        }
        session.tag(waiting == null ? refused.tag() : session.tag());
        drop();
        bad(refused.text());
    }

    private void command(Frame frame) {
        var in = new Arguments(frame, session.utf8());
        session.tag("*");
        try {
            session.tag(in.tag());
            in.space();
            var row = row(in);
            if (!row.when().holds(session.state())) {
                bad(row.when().otherwise);
            } else if (row.is(Trait.CHANGES) && session.selected().isReadOnly()) {
                // RFC 9051 §6.3.3: EXAMINE changes nothing.
                tagged("NO [READ-ONLY] The mailbox was opened by EXAMINE");
            } else {
                connection.doing(row.name());
                run(
                        row,
                        () -> row.is(Trait.NAMES)
                                ? renaming(row, in)
                                : row.command().run(session, in));
            }
        } catch (BadSyntax problem) {
            bad(problem.text());
        }
    }

    private Reply renaming(Row row, Arguments in) throws BadSyntax, MailException {
        session.wishes().renaming();
        var reply = row.command().run(session, in);
        session.wishes().renamed();
        return reply;
    }

    private static Row row(Arguments in) throws BadSyntax {
        var unknown = in.expected("a command");
        var name = in.word("a command");
        if (name.equals("UID")) {
            in.space();
            name = "UID " + in.word("COPY, EXPUNGE, FETCH, MOVE, SEARCH or STORE");
        }
        var row = CommandTable.find(name);
        if (row == null) {
            throw in.atEnd() || in.peek() == ' ' ? new BadSyntax("There is no such command") : unknown;
        }
        return row;
    }

    private void resume(Reply.Continuation continuation, Frame frame) {
        waiting = null;
        run(null, () -> continuation.line(frame));
    }

    private interface Step {
        Reply take() throws BadSyntax, MailException;
    }

    /** @param row null for what a waiting command goes on with */
    private void run(@Nullable Row row, Step step) {
        try {
            end(row, step.take());
        } catch (Unobtainable problem) {
            tagged("NO " + problem.text());
        } catch (BadSyntax problem) {
            bad(problem.text());
        } catch (MailException problem) {
            boolean target = row != null && row.command().missesTarget(session);
            end(row, Reply.no(ImapReplies.no(problem, target, session.language())));
        } catch (ConnectionClosed gone) {
            throw gone;
        } catch (HalfWritten broken) {
            // A BYE would be read as part of the message.
            log(row, broken);
            connection.close();
        } catch (HouseUnavailableException | EJBException problem) {
            // The house logs its own faults.
            tagged("NO " + ImapReplies.UNAVAILABLE);
        } catch (RuntimeException fault) {
            log(row, fault);
            tagged("NO " + ImapReplies.FAULT);
        }
    }

    private void end(@Nullable Row row, Reply reply) {
        switch (reply) {
            case Reply.Tagged(String text) -> {
                tellChanges(row);
                tagged(text);
            }
            case Reply.Expects(Reply.Continuation next) -> waiting = next;
            case Reply.Told() -> {}
        }
        if (session.state() == ImapSession.State.LOGOUT) {
            connection.close();
        }
    }

    private void tellChanges(@Nullable Row row) {
        boolean mayExpunge = row == null || !row.is(Trait.NUMBERS);
        if (row != null && row.is(Trait.CHANGES)) {
            session.tellAllChanges(mayExpunge);
        } else {
            session.tellChanges(mayExpunge);
        }
    }

    private void tagged(String text) {
        session.tagged(text);
        if (session.state() == ImapSession.State.NOT_AUTHENTICATED && !text.startsWith("OK")) {
            countError();
        }
    }

    private void bad(String text) {
        tagged("BAD " + text);
    }

    private void countError() {
        if (session.tooManyErrors()) {
            session.untagged("BYE Too many errors");
            connection.close();
        }
    }

    private void log(@Nullable Row row, RuntimeException fault) {
        LOG.log(
                Level.ERROR,
                "session=" + connection.id() + " command=" + (row == null ? "-" : row.name()) + " failed",
                fault);
    }

    private void drop() {
        if (waiting != null) {
            waiting.dropped();
            waiting = null;
        }
    }

    @Override
    public void farewell(Connection client, String text) {
        connection.write(text);
        connection.flush();
    }

    @Override
    public void closed() {
        drop();
        session.closed();
    }
}
