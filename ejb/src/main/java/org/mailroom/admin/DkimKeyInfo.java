package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with which mail of a domain is signed; its secret half never leaves the server.
 *
 * @param algorithm {@code rsa} (2048 bits) or {@code ed25519}
 * @param state {@code new}: signs as soon as DNS has its record; {@code active}; {@code retired}
 * @param since when the state was reached
 * @param keepUntil of a retired key, until when its record must stay published; otherwise null
 * @param name where the record belongs
 * @param record what belongs there, in one piece
 * @param zoneLine both as a line of a zone, in strings of at most 255 octets
 * @param seen whether DNS has it: {@code yes}, {@code no}, {@code wrong} or {@code unknown}; null where that was not asked
 */
public record DkimKeyInfo(
        String domain,
        String selector,
        String algorithm,
        String state,
        Instant created,
        Instant since,
        @Nullable Instant keepUntil,
        String name,
        String record,
        String zoneLine,
        @Nullable String seen) {}
