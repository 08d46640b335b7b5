package org.mailroom.connector.imap.command;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SuppliedName;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.UidSet;

/**
 * SELECT and EXAMINE (RFC 9051 §6.3.2, §6.3.3).
 *
 * @param readOnly EXAMINE: nothing that this session does changes the mailbox, not even what is \Recent
 */
public record SelectCommand(boolean readOnly) implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var supplied = in.suppliedMailbox();
        var options = SelectOptions.read(session, in);
        in.end();
        if (session.state() == ImapSession.State.SELECTED) {
            // RFC 9051 §6.3.2: the mailbox before is closed even where the new one cannot be opened.
            session.unselect();
            session.untagged("OK [CLOSED] The mailbox before is closed");
        }
        if (options.condstore()) {
            session.tellModseq();
        }
        var opened = session.store().open(session.actor(), supplied.name(), !readOnly);
        session.select(supplied.name(), opened, readOnly).tellAll();
        boolean changes = !readOnly && mayChange(opened.view().rights());
        if (session.has(Feature.IMAP4REV2)) {
            tellName(session, supplied, opened.specialUse());
        }
        if (options.known() != null) {
            tellNews(session, options.known());
        }
        return Reply.ok(
                (changes ? "[READ-WRITE] " : "[READ-ONLY] ") + (readOnly ? "EXAMINE" : "SELECT") + " completed");
    }

    /** RFC 4314 §5.2: something that others see; what the user himself has seen they do not. */
    private static boolean mayChange(Rights rights) {
        return Stream.of(Right.INSERT, Right.EXPUNGE, Right.WRITE, Right.DELETE_MESSAGES)
                .anyMatch(rights::has);
    }

    /** RFC 9051 §6.3.9.7: the name as it is spelled here, where the client spelled it otherwise. */
    static void tellOtherName(ImapSession session, SuppliedName name, @Nullable String attribute) {
        if (session.has(Feature.IMAP4REV2) && name.isDenormalized()) {
            tellName(session, name, attribute);
        }
    }

    /** RFC 9051 §6.3.2: the name as it is spelled here, and where the client spelled it otherwise, that as well. */
    static void tellName(ImapSession session, SuppliedName name, @Nullable String attribute) {
        var old = name.isDenormalized() ? " (\"OLDNAME\" (" + session.quoted(name.supplied()) + "))" : "";
        session.untagged(
                "LIST (" + (attribute == null ? "" : attribute) + ") \"/\" " + session.quoted(name.name()) + old);
    }

    /** RFC 7162 §3.2.5: what became of what the client knows. */
    private static void tellNews(ImapSession session, SelectOptions.Known known) throws MailException {
        var selected = session.selected();
        var view = selected.view();
        if (known.uidValidity() != view.uidValidity()) {
            return;
        }
        var uids = known.uids() == null ? UidSet.ALL : known.uids();
        var gone = session.store().expungedSince(session.actor(), selected.mailbox(), known.modseq());
        selected.tellVanished(gone.and(uids).above(known.heardUpTo(view)));
        selected.tellChangedSince(uids, known.modseq());
    }
}
