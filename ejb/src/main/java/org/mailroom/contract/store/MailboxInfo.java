package org.mailroom.contract.store;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox as LIST and STATUS tell it.
 *
 * @param id holds over renames
 * @param name UTF-8, levels separated by {@code /}; INBOX in capitals
 * @param specialUse such as {@code \Sent} (RFC 6154), or null
 * @param size octets of all its messages
 * @param unseen -1 where the mailbox is another's: what the one who asks has seen, the view knows
 * @param rights what the one who asked may do
 */
public record MailboxInfo(
        long id,
        String name,
        @Nullable String specialUse,
        boolean subscribed,
        long uidValidity,
        long uidNext,
        long highestModseq,
        long messages,
        long unseen,
        long recent,
        long size,
        Rights rights) {
    /** Whether it belongs to the one who asks. */
    public boolean isOwn() {
        return unseen >= 0;
    }

    /** The same as another than the owner sees it. */
    public MailboxInfo seenBy(Rights newRights, String newName, boolean newSubscribed) {
        return new MailboxInfo(
                id,
                newName,
                specialUse,
                newSubscribed,
                uidValidity,
                uidNext,
                highestModseq,
                messages,
                -1,
                recent,
                size,
                newRights);
    }
}
