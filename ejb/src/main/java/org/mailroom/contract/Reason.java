package org.mailroom.contract;

/** Why a request was refused. Each protocol maps every reason to its own reply, in one file and without a default branch. */
public enum Reason {
    /** Nobody receives mail at this address. */
    NO_SUCH_RECIPIENT,
    /** The recipient exists and takes no mail now: disabled, or expired. */
    RECIPIENT_DISABLED,
    /** The domain is not ours, and the client may not send through us. */
    RELAY_DENIED,
    /** The reverse path, or the From of a submission, is not one that this login may use. */
    SENDER_NOT_ALLOWED,
    /** A policy said no; its text says why. */
    POLICY,
    /** A policy puts the client off: the same may be taken later; its text says why. */
    NOT_YET,
    /** The host may not send for the domain of the reverse path (RFC 7208); deferred: DNS does not say. */
    SPF_FAILED,
    /** The author's domain did not prove the message, and wants it refused (RFC 9989). */
    DMARC_FAILED,
    /** More octets than one message may have. */
    TOO_LARGE,
    /** The mailbox or account holds as much as it may. */
    OVER_QUOTA,
    /** More hops than a message that is not looping would have (RFC 5321 §6.3). */
    LOOP,
    NO_SUCH_MAILBOX,
    MAILBOX_EXISTS,
    /** The name is malformed, too long, or one that cannot be made, renamed or removed (INBOX). */
    BAD_NAME,
    NOT_PERMITTED,
    /** The message was expunged in another session. */
    EXPUNGED,
    /** Another session holds the maildrop (RFC 1939 §3). */
    IN_USE,
    /** A limit that is no quota: keywords of a mailbox, mailboxes of an account. */
    LIMIT,
    /** Nobody of that domain is proved by this SASL mechanism; the text names one by which they are. */
    OTHER_MECHANISM,
    /** The house cannot answer now and will later. */
    UNAVAILABLE
}
