package org.mailroom.connector.imap.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.Set;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.MessageUrl;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.connector.net.Spool;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;
import org.mailroom.contract.store.MessageColumn;
import org.mailroom.contract.store.MessageRow;
import org.mailroom.contract.store.UidSet;

/** A message that the client puts together out of its own text and parts of messages that are here (RFC 4469). */
public final class Catenation {
    private static final int MOST_PARTS = 1000;

    /** Refusals that are of the URL, and not of the mailbox where the message should go. */
    private static final Set<Reason> NOTHING_THERE =
            EnumSet.of(Reason.NO_SUCH_MAILBOX, Reason.BAD_NAME, Reason.NOT_PERMITTED, Reason.EXPUNGED);

    private final ImapSession session;
    private final long most;

    public Catenation(ImapSession session) {
        this.session = session;
        this.most = session.services().settings().limits().messageSize();
    }

    /** Reads the list behind CATENATE; the caller closes what it gets. */
    public Spool read(Arguments in) throws BadSyntax, MailException {
        var all = new Spool();
        boolean whole = false;
        try {
            in.expect('(');
            int parts = 0;
            do {
                part(in, all);
                if (++parts > MOST_PARTS) {
                    throw new BadSyntax("At most " + MOST_PARTS + " parts can be put together");
                }
            } while (in.take(' '));
            in.expect(')');
            whole = true;
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!whole) {
                all.close();
            }
        }
    }

    private void part(Arguments in, Spool all) throws BadSyntax, MailException, IOException {
        if (in.takeWord("TEXT")) {
            in.space();
            in.take('~');
            var text = in.literal("a literal");
            check(all.size() + text.size());
            try (var octets = text.open()) {
                var buffer = new byte[8192];
                for (int read; (read = octets.read(buffer)) >= 0; ) {
                    all.write(buffer, 0, read);
                }
            }
        } else if (in.takeWord("URL")) {
            in.space();
            copy(in.astring("a URL"), all);
        } else {
            throw in.expected("TEXT or URL");
        }
    }

    private void check(long size) throws MailException {
        if (size > most) {
            throw new MailException(Reason.TOO_LARGE, "A message may have " + most + " octets");
        }
    }

    private void copy(String text, Spool all) throws BadSyntax, MailException {
        var selected = session.state() == ImapSession.State.SELECTED
                ? session.selected().name()
                : null;
        var url = MessageUrl.read(text, session.services().settings().hostname(), selected);
        try {
            copy(text, url, all);
        } catch (MailException problem) {
            if (NOTHING_THERE.contains(problem.reason())) {
                throw badUrl(text);
            }
            throw problem;
        }
    }

    private void copy(String text, MessageUrl url, Spool all) throws BadSyntax, MailException {
        var mailbox = session.store().mailbox(session.actor(), url.mailbox());
        if (url.uidValidity() != 0 && url.uidValidity() != mailbox.uidValidity()) {
            throw badUrl(text);
        }
        var rows = session.store()
                .rows(
                        session.actor(),
                        mailbox.id(),
                        UidSet.of(url.uid()),
                        EnumSet.of(MessageColumn.OCTETS, MessageColumn.PARTS),
                        1);
        if (rows.isEmpty()) {
            throw badUrl(text);
        }
        var row = rows.getFirst();
        var parts = row.parts();
        var whole = parts == null ? null : Extent.of(url.section(), parts, row.size());
        if (whole == null) {
            throw badUrl(text);
        }
        if (url.section().kind().listsFields()) {
            copyFields(url, row, whole, all);
            return;
        }
        var extent = whole.part(url.partial());
        check(all.size() + extent.length());
        new MessageOctets(session.store(), row).read(extent, (octets, from, to) -> {
            try {
                all.write(octets, from, to - from);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void copyFields(MessageUrl url, MessageRow row, Extent header, Spool all) throws MailException {
        var fields = new HeaderFields(url.section());
        new MessageOctets(session.store(), row).read(header, fields::add);
        var octets = fields.done();
        var extent = new Extent(0, octets.length).part(url.partial());
        check(all.size() + extent.length());
        try {
            all.write(octets, (int) extent.from(), (int) extent.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BadSyntax badUrl(String text) {
        return MessageUrl.bad(text);
    }
}
