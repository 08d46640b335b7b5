package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.command.ListOptions.Option;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;
import org.mailroom.connector.imap.session.ImapSession;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.Right;

/** LIST (RFC 9051 §6.3.9), with selection and return options (RFC 5258). */
public final class ListCommand implements Command {
    @Override
    public Reply run(ImapSession session, Arguments in) throws BadSyntax, MailException {
        var options = ListOptions.read(in);
        if (options.patterns().isEmpty()) {
            // RFC 9051 §6.3.9: an empty pattern asks for the delimiter and the root.
            session.untagged("LIST (\\Noselect) \"/\" \"\"");
            return Reply.ok("LIST completed");
        }
        var store = session.store();
        var tree = new MailboxTree(store.mailboxes(session.actor()), store.subscriptions(session.actor()));
        var names = !options.selects(Option.SUBSCRIBED)
                ? tree.all()
                : options.selects(Option.RECURSIVEMATCH) ? tree.subscribedWithLevelsAbove() : tree.subscribed();
        for (var name : names) {
            if (options.matches(name)) {
                tell(session, tree, options, name);
            }
        }
        return Reply.ok("LIST completed");
    }

    private static void tell(ImapSession session, MailboxTree tree, ListOptions options, String name)
            throws MailException {
        var mailbox = tree.mailbox(name);
        var use = mailbox == null ? null : mailbox.specialUse();
        if (options.selects(Option.SPECIAL_USE) && use == null) {
            return;
        }
        var attributes = tree.attributes(name);
        boolean tellsSubscribed =
                options.selects(Option.SUBSCRIBED) || options.returned().contains(Option.SUBSCRIBED);
        if (tellsSubscribed && tree.isSubscribed(name)) {
            attributes.add("\\Subscribed");
        }
        if (use != null) {
            attributes.add(use);
        }
        // RFC 5258 §3.5: why a name is listed that is not subscribed itself.
        var childInfo = options.selects(Option.RECURSIVEMATCH) && tree.hasSubscribedBelow(name)
                ? " (\"CHILDINFO\" (\"SUBSCRIBED\"))"
                : "";
        session.untagged("LIST (" + String.join(" ", attributes) + ") \"/\" " + session.quoted(name) + childInfo);
        // RFC 8440 §4: not where it is listed only because of what is below it.
        boolean meant = !options.selects(Option.SUBSCRIBED) || tree.isSubscribed(name);
        if (mailbox != null && meant && options.returned().contains(Option.MYRIGHTS)) {
            session.untagged("MYRIGHTS " + session.quoted(name) + " " + mailbox.rights());
        }
        // RFC 5819 §2: of what cannot be selected there is no STATUS.
        if (mailbox != null && options.status() != null && mailbox.rights().has(Right.READ)) {
            options.status().tell(session, mailbox);
        }
    }
}
