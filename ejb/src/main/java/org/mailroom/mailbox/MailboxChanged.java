package org.mailroom.mailbox;

import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/**
 * A transaction changed this mailbox; heard after the commit, and only then.
 *
 * @param mailbox or, with a minus, the account whose list of mailboxes is another now
 * @param news all that the transaction did to the view; null where it is to be asked of the database
 */
public record MailboxChanged(long mailbox, @Nullable ViewNews news) {
    public MailboxChanged(long mailbox) {
        this(mailbox, null);
    }

    /** Mailboxes of the account came or went, or have other names or subscriptions. */
    public static MailboxChanged names(AccountId account) {
        return new MailboxChanged(-account.value());
    }
}
