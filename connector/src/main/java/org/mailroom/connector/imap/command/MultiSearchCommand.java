package org.mailroom.connector.imap.command;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.command.ReturnOptions.Option;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SearchGrammar;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.MailboxView;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;

/** ESEARCH: a search in several mailboxes at once, whether or not one is selected (RFC 7377). */
public final class MultiSearchCommand implements Command {
    /** What is recent is known of the selected mailbox only. */
    private static final UidSet NONE_RECENT = UidSet.EMPTY;

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var where = where(session, in);
        boolean onlySelected = where.stream().allMatch(MailboxFilter::isSelected);
        var read = ReturnOptions.read(in);
        var asked = read == null ? ReturnOptions.ONLY_ALL : read;
        boolean saves = asked.asks(Option.SAVE);
        if (saves && !onlySelected) {
            throw new BadSyntax("SAVE is for the selected mailbox, and no other with it (RFC 7377 §2.2)");
        }
        var charset = SearchCommand.charset(session, in);
        if (charset == null) {
            save(session, saves, UidSet.EMPTY);
            return Reply.no(SearchCommand.BADCHARSET);
        }
        var saved = onlySelected ? session.selected().saved() : null;
        var keys = new Keys(in, charset, saved, !session.has(Feature.UIDONLY));
        asked.check(keys.checked());
        save(session, saves, UidSet.EMPTY);
        var mailboxes = mailboxes(session, where);
        int done = 0;
        for (var mailbox : mailboxes) {
            var uids = search(session, mailbox, keys, asked);
            save(session, saves, UidSet.of(asked.concerned(uids)));
            session.progress(++done, mailboxes.size());
        }
        return Reply.ok("ESEARCH completed");
    }

    /** Without a word about it the selected mailbox (RFC 7377 §2.2). */
    private static List<MailboxFilter> where(ImapSession session, Arguments in) throws BadSyntax {
        var where = List.of(MailboxFilter.SELECTED);
        if (in.takeWord("IN")) {
            in.space();
            where = MailboxFilter.read(in);
            in.space();
        }
        if (where.stream().anyMatch(MailboxFilter::isSelected) && session.state() != ImapSession.State.SELECTED) {
            throw new BadSyntax("Select a mailbox first, or say where to search: IN (…)");
        }
        return where;
    }

    /** What the client looks for: message numbers and \Recent mean something else in each mailbox. */
    private record Keys(
            Arguments in, Charset charset, @Nullable UidSet saved, boolean numbers) {
        /** Read to the end in no mailbox at all. */
        SearchGrammar checked() throws BadSyntax {
            var grammar = of(MailboxView.empty(0, 1), NONE_RECENT);
            grammar.read();
            return grammar;
        }

        SearchGrammar of(MailboxView view, UidSet recent) {
            return new SearchGrammar(in.copy(), charset, view, recent, saved, numbers);
        }
    }

    /** Tells what was found, if anything was. */
    private static long[] search(ImapSession session, MailboxInfo mailbox, Keys keys, ReturnOptions asked)
            throws BadSyntax, MailException {
        boolean selected = MailboxFilter.SELECTED.matches(session, mailbox);
        // Where it is selected, as the client knows it.
        var grammar = selected
                ? keys.of(session.selected().view(), session.selected().recent())
                : keys.of(session.store().view(session.actor(), mailbox.id()), NONE_RECENT);
        var search = new Search(session, mailbox.id());
        var found = search.find(grammar.read());
        var uids = search.searched().known(found).stream().toArray();
        long modseq = search.highestModseq(grammar, asked.concerned(uids));
        if (uids.length > 0 && asked.tells()) {
            var result = new SearchResult(Messages.BY_UID, uids, modseq);
            session.untagged("ESEARCH (TAG \"" + session.tag() + "\" MAILBOX " + session.quoted(mailbox.name())
                    + " UIDVALIDITY " + mailbox.uidValidity() + ")" + result.items(asked));
        }
        return uids;
    }

    /** RFC 5182 §2.1: a search that fails leaves nothing to come back to. */
    private static void save(ImapSession session, boolean saves, UidSet uids) {
        if (saves) {
            session.selected().save(uids);
        }
    }

    /** Each once, whatever names it (RFC 7377 §2.2). */
    private static List<MailboxInfo> mailboxes(ImapSession session, List<MailboxFilter> where) {
        var all = session.store().mailboxes(session.actor());
        Map<Long, MailboxInfo> chosen = new LinkedHashMap<>();
        for (var filter : where) {
            for (var mailbox : all) {
                if (mailbox.rights().has(Right.READ) && filter.matches(session, mailbox)) {
                    chosen.put(mailbox.id(), mailbox);
                }
            }
        }
        return List.copyOf(chosen.values());
    }
}
