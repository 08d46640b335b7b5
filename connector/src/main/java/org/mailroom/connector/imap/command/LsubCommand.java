package org.mailroom.connector.imap.command;

import java.util.List;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.parse.MailboxPattern;
import org.mailroom.connector.imap.session.ImapSession;

/** LSUB (RFC 3501 §6.3.9), which LIST (SUBSCRIBED) supersedes. */
public final class LsubCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax {
        in.space();
        var reference = in.astring("a reference");
        in.space();
        var pattern = MailboxPattern.of(reference, in.listMailbox(), in.utf8Names());
        in.end();
        var tree = new MailboxTree(List.of(), session.store().subscriptions(session.actor()));
        // RFC 3501 §6.3.9: with "%", "foo/bar" being subscribed makes "foo" appear, as \Noselect unless it is
        // subscribed too.
        boolean levels = pattern.pattern().endsWith("%");
        for (var name : levels ? tree.subscribedWithLevelsAbove() : tree.subscribed()) {
            if (pattern.matches(name)) {
                session.untagged(
                        "LSUB (" + (tree.isSubscribed(name) ? "" : "\\Noselect") + ") \"/\" " + session.quoted(name));
            }
        }
        return Reply.ok("LSUB completed");
    }
}
