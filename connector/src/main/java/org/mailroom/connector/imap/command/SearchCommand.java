package org.mailroom.connector.imap.command;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.command.ReturnOptions.Option;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.SearchGrammar;
import org.mailroom.connector.imap.session.Feature;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.UidSet;

/** SEARCH (RFC 9051 §6.4.4), its result in the old form or in that of RFC 4731. */
public record SearchCommand(Messages messages) implements Command {
    static final String BADCHARSET = "[BADCHARSET (US-ASCII UTF-8)] That charset is not known here";

    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        messages.check(session);
        in.space();
        var asked = ReturnOptions.read(in);
        var charset = charset(session, in);
        var selected = session.selected();
        boolean saves = asked != null && asked.asks(Option.SAVE);
        if (charset == null) {
            // RFC 5182 §2.1: a search that fails leaves nothing to come back to.
            selected.save(saves ? UidSet.EMPTY : selected.saved());
            return Reply.no(BADCHARSET);
        }
        var grammar = Search.grammar(session, in, charset);
        var key = grammar.read();
        if (asked != null) {
            asked.check(grammar);
        }
        if (saves) {
            selected.save(UidSet.EMPTY);
        }
        // Of messages that the client was not told yet it hears later.
        var portion = Portion.of(session, selected.view().uids());
        var search = new Search(session, selected.mailbox());
        var uids = portion.uids().and(search.find(key));
        tell(session, asked, grammar, search, uids.stream().toArray());
        if (asked != null && saves) {
            selected.save(UidSet.of(asked.concerned(uids.stream().toArray())));
        }
        return Reply.ok(portion.done(messages.named("SEARCH") + " completed"));
    }

    private void tell(
            ImapSession session, @Nullable ReturnOptions asked, SearchGrammar grammar, Search search, long[] uids) {
        var options = asked == null ? ReturnOptions.ONLY_ALL : asked;
        long modseq = search.highestModseq(grammar, options.concerned(uids));
        var result = new SearchResult(messages, messages.of(session.selected().view(), uids), modseq);
        if (asked == null && !session.has(Feature.IMAP4REV2)) {
            result.tellAll(session, "SEARCH");
        } else {
            result.tell(session, options);
        }
    }

    /** Null where it is unknown. */
    static @Nullable Charset charset(ImapSession session, Arguments in) throws BadSyntax {
        if (!in.takeWord("CHARSET")) {
            return StandardCharsets.UTF_8;
        }
        if (session.has(Feature.UTF8_ACCEPT)) {
            throw new BadSyntax(
                    "After ENABLE UTF8=ACCEPT all strings are UTF-8 (RFC 9755 §3), and no charset is named");
        }
        in.space();
        var name = in.astring("a charset");
        in.space();
        return SearchGrammar.charset(name);
    }
}
