package org.mailroom.connector.imap.command;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.fetch.Catenation;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.ImapDate;
import org.mailroom.connector.imap.parse.Unobtainable;
import org.mailroom.connector.imap.session.FlagText;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.net.Spool;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.FlagChange;
import org.mailroom.contract.store.FlagChange.Mode;
import org.mailroom.contract.store.MailStore.NewMessage;

/** One message of APPEND or REPLACE: flags, date, and its octets in one of four forms (RFC 9051 §6.3.12, RFC 3516, 4469, 9755). */
final class AppendedMessage implements AutoCloseable {
    private final FlagChange flags;
    private final @Nullable Instant date;
    private final Spool octets;

    private AppendedMessage(FlagChange flags, @Nullable Instant date, Spool octets) {
        this.flags = flags;
        this.date = date;
        this.octets = octets;
    }

    NewMessage get() {
        return new NewMessage(flags, date, octets);
    }

    long size() {
        return octets.size();
    }

    @Override
    public void close() {
        octets.close();
    }

    static AppendedMessage read(ImapSession session, Arguments in) throws BadSyntax, MailException {
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
        var change = FlagText.change(Mode.REPLACE, flags, true);
        var octets = octets(session, in);
        if (Nul.isIn(octets)) {
            // RFC 9051 §9: a literal holds CHAR8, and FETCH has to send it in one.
            octets.close();
            throw new Unobtainable("[UNKNOWN-CTE] A message with NUL octets has to be encoded before it comes here");
        }
        return new AppendedMessage(change, date, octets);
    }

    /** As it is, as binary octets (RFC 3516 §4.4), with UTF-8 in its header (RFC 9755 §4), or put together (RFC 4469). */
    private static Spool octets(ImapSession session, Arguments in) throws BadSyntax, MailException {
        if (in.takeWord("CATENATE")) {
            in.space();
            return new Catenation(session).read(in);
        }
        boolean utf8 = in.takeWord("UTF8");
        if (utf8) {
            in.space();
            in.expect('(');
            if (!in.atBinary()) {
                throw in.expected("a binary literal");
            }
        }
        in.take('~');
        var octets = in.literal("flags, a date or a message as a literal");
        if (utf8) {
            in.expect(')');
        }
        return octets;
    }
}
