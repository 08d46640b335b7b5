package org.mailroom.contract;

/** What a listener speaks, and in which role; LMTP and others will join. */
public enum Protocol {
    /** Mail exchange: takes mail for our domains from anybody (RFC 5321); offers no AUTH. */
    SMTP,
    /** Takes mail from our users to anywhere, after AUTH (RFC 6409, and RFC 8314 with TLS from the first octet). */
    SUBMISSION,
    POP3,
    IMAP
}
