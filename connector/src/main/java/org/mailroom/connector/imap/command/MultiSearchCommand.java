package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailroom.connector.imap.command.ReturnOptions.Option;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SearchGrammar;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailboxInfo;
import org.mailroom.contract.store.Right;
import org.mailroom.contract.store.UidSet;

/** ESEARCH: a search in several mailboxes at once, whether or not one is selected (RFC 7377). */
public final class MultiSearchCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        in.space();
        var where = List.<MailboxFilter>of();
        if (in.takeWord("IN")) {
            in.space();
            where = MailboxFilter.read(in);
            in.space();
        }
        if (where.isEmpty() && session.state() != ImapSession.State.SELECTED) {
            throw new BadSyntax("Select a mailbox first, or say where to search: IN (…)");
        }
        var read = ReturnOptions.read(in);
        var asked = read == null ? ReturnOptions.ONLY_ALL : read;
        if (asked.asks(Option.SAVE)) {
            throw new BadSyntax("SAVE is for the selected mailbox (RFC 7377 §2.2): use SEARCH");
        }
        var charset = SearchCommand.charset(session, in);
        if (charset == null) {
            return Reply.no(SearchCommand.BADCHARSET);
        }
        var grammar = new SearchGrammar(in, charset, null, 0, UidSet.EMPTY, false);
        var key = grammar.read();
        asked.check(grammar);
        var mailboxes = mailboxes(session, where);
        int done = 0;
        for (var mailbox : mailboxes) {
            var view = session.store().view(session.actor(), mailbox.id());
            var found = view.known(new Search(session, mailbox.id()).find(key));
            if (!found.isEmpty()) {
                var result = new SearchResult(Messages.BY_UID, found.stream().toArray(), 0);
                session.untagged("ESEARCH (TAG \"" + session.tag() + "\" MAILBOX " + session.quoted(mailbox.name())
                        + " UIDVALIDITY " + mailbox.uidValidity() + ")" + result.items(asked));
            }
            session.progress(++done, mailboxes.size());
        }
        return Reply.ok("ESEARCH completed");
    }

    /** Each once, whatever names it; without a word about it the selected one (RFC 7377 §2.1). */
    private static List<MailboxInfo> mailboxes(ImapSession session, List<MailboxFilter> where) throws BadSyntax {
        var filters = where.isEmpty() ? List.of(MailboxFilter.SELECTED) : where;
        var all = session.store().mailboxes(session.actor());
        Map<Long, MailboxInfo> chosen = new LinkedHashMap<>();
        for (var filter : filters) {
            for (var mailbox : new ArrayList<>(all)) {
                if (mailbox.rights().has(Right.READ) && filter.matches(session, mailbox)) {
                    chosen.put(mailbox.id(), mailbox);
                }
            }
        }
        return List.copyOf(chosen.values());
    }
}
