package org.mailroom.contract.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message in a mailbox. Columns that were not asked for are null.
 *
 * @param message id of the immutable octets, which copies share
 * @param size octets (RFC822.SIZE), exact
 * @param thread null too where it is not known yet
 * @param preview null too where it is not known yet
 * @param header the header section with its final empty line
 * @param octets the first {@link MailStore#CHUNK} octets, or all if there are fewer
 */
public record MessageRow(
        long uid,
        long message,
        long size,
        @Nullable Instant internalDate,
        @Nullable Instant saved,
        @Nullable Long thread,
        @Nullable String preview,
        byte @Nullable [] envelope,
        byte @Nullable [] structure,
        @Nullable MimePart parts,
        byte @Nullable [] header,
        byte @Nullable [] octets) {}
