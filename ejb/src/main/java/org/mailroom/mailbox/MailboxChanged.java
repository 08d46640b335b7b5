package org.mailroom.mailbox;

import org.mailroom.contract.AccountId;

/**
 * A transaction changed this mailbox; heard after the commit, and only then.
 *
 * @param mailbox or, with a minus, the account whose list of mailboxes is another now
 */
public record MailboxChanged(long mailbox) {
    /** Mailboxes of the account came or went, or have other names or subscriptions. */
    public static MailboxChanged names(AccountId account) {
        return new MailboxChanged(-account.value());
    }
}
