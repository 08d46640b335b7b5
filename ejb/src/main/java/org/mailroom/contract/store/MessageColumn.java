package org.mailroom.contract.store;

/** What {@link MailStore#rows} reads; the wire asks for no more than it sends. */
public enum MessageColumn {
    INTERNAL_DATE,
    /** When it came into this mailbox (RFC 8514). */
    SAVED,
    /** The conversation that it belongs to (RFC 8474). */
    THREAD,
    /** Its first words (RFC 8970). */
    PREVIEW,
    /** ENVELOPE as it is sent. */
    ENVELOPE,
    /** BODYSTRUCTURE as it is sent. */
    STRUCTURE,
    /** Where each MIME part lies. */
    PARTS,
    /** The header section with the empty line that ends it. */
    HEADER,
    /** The first octets; all of them where the message is small. */
    OCTETS
}
