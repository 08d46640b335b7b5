package org.mailroom.contract.store;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox as LIST and STATUS tell it.
 *
 * @param id holds over renames
 * @param name UTF-8, levels separated by {@code /}; INBOX in capitals
 * @param specialUse such as {@code \Sent} (RFC 6154), or null
 * @param size octets of all its messages
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
        long size) {}
