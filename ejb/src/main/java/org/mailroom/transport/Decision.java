package org.mailroom.transport;

/** Whether mail may go to a host, and how. */
public sealed interface Decision {
    record Use(Protection protection) implements Decision {}

    /**
     * Not now, for nobody vouches for the host.
     *
     * @param kind whose word is against it
     * @param result what TLS reports call it (RFC 8460 §4.3)
     * @param status enhanced status code, 4.x.x
     */
    record Skip(Protection.Kind kind, String result, String status, String why) implements Decision {}
}
