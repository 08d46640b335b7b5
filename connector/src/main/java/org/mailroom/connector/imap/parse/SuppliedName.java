package org.mailroom.connector.imap.parse;

/**
 * A mailbox name that a client gave.
 *
 * @param name as the house knows it
 * @param supplied as it was spelled, but for a delimiter at the end, which is a hint only (RFC 9051 §6.3.4)
 */
public record SuppliedName(String name, String supplied) {
    /** Whether the house spells it otherwise. */
    public boolean isDenormalized() {
        return !name.equals(supplied);
    }
}
