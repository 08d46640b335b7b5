package org.mailroom.connector.imap.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.ImapDate;
import org.mailroom.connector.imap.session.FlagText;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.net.Spool;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.MailStore.NewMessage;

/** APPEND (RFC 9051 §6.3.12), several messages at once too (RFC 3502). */
public final class AppendCommand implements Command {
    private static final int MOST = 1000;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var name = in.mailbox();
        var messages = new ArrayList<NewMessage>();
        do {
            in.space();
            messages.add(message(in));
        } while (!in.atEnd());
        if (messages.size() > MOST) {
            throw new BadSyntax("[LIMIT] At most " + MOST + " messages can be added at once");
        }
        if (messages.getLast().content().size() == 0) {
            // RFC 3502 §6.3.11: so a client says that it thinks better of it.
            return Reply.no("APPEND cancelled by an empty message");
        }
        var appended = session.store().append(session.actor(), name, messages);
        return Reply.ok("[APPENDUID " + appended.uidValidity() + " " + appended.uids() + "] APPEND completed");
    }

    private static NewMessage message(Arguments in) throws BadSyntax {
        List<String> flags = List.of();
        if (in.peek() == '(') {
            flags = in.flags();
            in.space();
        }
        @Nullable Instant date = null;
        if (in.peek() == '"') {
            date = ImapDate.time(in);
            in.space();
        }
        return new NewMessage(FlagText.change(Mode.REPLACE, flags, true), date, octets(in));
    }

    /** As it is, as binary octets (RFC 3516 §4.4), or with UTF-8 in its header (RFC 9755 §4): kept it is alike. */
    private static Spool octets(Arguments in) throws BadSyntax {
        boolean utf8 = in.takeWord("UTF8");
        if (utf8) {
            in.space();
            in.expect('(');
            if (!in.atBinary()) {
                throw in.expected("a binary literal");
            }
        }
        boolean binary = in.take('~');
        var octets = in.literal("flags, a date or a message as a literal");
        if (utf8) {
            in.expect(')');
        }
        if (binary && hasNul(octets)) {
            throw new BadSyntax("[UNKNOWN-CTE] A message with NUL octets has to be encoded before it comes here");
        }
        return octets;
    }

    private static boolean hasNul(Spool octets) {
        try (var in = octets.open()) {
            var buffer = new byte[8192];
            for (int read; (read = in.read(buffer)) >= 0; ) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == 0) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hasTarget() {
        return true;
    }
}
