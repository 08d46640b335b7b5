package org.mailroom.contract;

/** What a listener speaks, and in which role. */
public enum Protocol {
    /** Mail exchange: takes mail for our domains from anybody (RFC 5321); offers no AUTH. */
    SMTP,
    /** Takes mail from our users to anywhere, after AUTH (RFC 6409, and RFC 8314 with TLS from the first octet). */
    SUBMISSION,
    /** Takes mail for our domains from a mail system that is trusted, and answers for each recipient (RFC 2033). */
    LMTP,
    POP3,
    IMAP
}
