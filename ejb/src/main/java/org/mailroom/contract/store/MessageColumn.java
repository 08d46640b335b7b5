package org.mailroom.contract.store;

/** What {@link MailStore#rows} reads; the wire asks for no more than it sends. */
public enum MessageColumn {
    INTERNAL_DATE,
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
