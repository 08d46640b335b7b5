package org.mailroom.contract.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What SEARCH asks (RFC 9051 §6.4.4), with sequence numbers, NEW, OLD and RECENT turned into UIDs by the session. Strings are
 * Unicode and compare as substrings without regard to case (i;unicode-casemap).
 */
public sealed interface SearchKey {
    record All() implements SearchKey {}

    record Uids(UidSet uids) implements SearchKey {}

    /** @param bit one system flag of {@link Flags} */
    record SystemFlag(long bit, boolean set) implements SearchKey {}

    record Keyword(String name, boolean set) implements SearchKey {}

    /** Internal date, without time and zone. */
    record Internal(Order order, LocalDate day) implements SearchKey {}

    /** Internal date to the second: older than a moment, or not (RFC 5032). */
    record Arrived(boolean before, Instant moment) implements SearchKey {}

    /** When it came into this mailbox, without time and zone (RFC 8514 §4). */
    record Saved(Order order, LocalDate day) implements SearchKey {}

    /** The message with this id, which its copies share (RFC 8474 §5.1). */
    record Email(long message) implements SearchKey {}

    /** Messages of one conversation (RFC 8474 §5.2). */
    record Conversation(long thread) implements SearchKey {}

    /** The Date field, without time and zone. */
    record Sent(Order order, LocalDate day) implements SearchKey {}

    /** Size in octets, strictly more or strictly less. */
    record Size(boolean larger, long octets) implements SearchKey {}

    /** @param name of the field, any case; an empty value asks whether the field is there */
    record Header(String name, String value) implements SearchKey {}

    /** Header and body. */
    record Text(String value) implements SearchKey {}

    record Body(String value) implements SearchKey {}

    /** Changed since (RFC 7162 §3.1.5). */
    record Modseq(long atLeast) implements SearchKey {}

    record Not(SearchKey key) implements SearchKey {}

    record And(List<SearchKey> keys) implements SearchKey {
        public And {
            keys = List.copyOf(keys);
        }
    }

    record Or(SearchKey left, SearchKey right) implements SearchKey {}

    /** How a day compares. */
    enum Order {
        BEFORE,
        ON,
        SINCE
    }
}
