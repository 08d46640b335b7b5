package org.mailroom.contract.relay;

/** Why TLS did not come about, or was not enough; the words of TLS reports (RFC 8460 §4.3) say no more. */
public enum TlsTrouble {
    /** The host does not offer it, or refused it. */
    NOT_OFFERED,
    /** The certificate is for another name. */
    OTHER_NAME,
    /** The certificate is out of date. */
    EXPIRED,
    /** Nobody whom we trust stands behind the certificate. */
    NOT_TRUSTED,
    /** No TLSA record stands for the certificate. */
    NO_MATCH,
    /** The handshake went wrong otherwise. */
    HANDSHAKE
}
