package org.mailroom.message;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.MimePart;

/**
 * What one reading of a message found.
 *
 * @param size octets in all
 * @param headerSize octets of the header with the empty line that ends it; never more than lie in a message's first row
 * @param sent the Date field, or null where it is missing or makes no sense
 * @param messageId the Message-ID field without brackets, or null
 * @param subject decoded, for people, without control characters; null where there is none
 * @param from the address in From, the first where there are many; null where there is none
 * @param envelope ENVELOPE as IMAP sends it
 * @param structure BODYSTRUCTURE as IMAP sends it
 * @param parts where each MIME part lies
 * @param sorting what it is sorted and threaded by
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read once, never compared
public record ParsedMessage(
        long size,
        int headerSize,
        @Nullable OffsetDateTime sent,
        @Nullable String messageId,
        @Nullable String subject,
        @Nullable String from,
        byte[] envelope,
        byte[] structure,
        MimePart parts,
        Sorting sorting) {}
