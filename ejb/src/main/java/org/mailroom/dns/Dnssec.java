package org.mailroom.dns;

/** Who says that an answer is the one that its owner signed (RFC 4035). */
public enum Dnssec {
    /** Nobody: no answer counts as secure. */
    OFF,
    /** The name servers, by the AD bit; only for servers on this machine, or on a wire that nobody else can write to. */
    TRUST,
    /** We ourselves. An answer whose signature is wrong or missing counts as none. */
    VALIDATE,
    /** We ourselves, as soon as the name servers hand out signatures at all; until then as {@link #OFF}. */
    AUTO
}
