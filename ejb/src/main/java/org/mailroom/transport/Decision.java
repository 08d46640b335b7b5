package org.mailroom.transport;

/** Whether mail may go to a host, and how. */
public sealed interface Decision {
    record Use(Protection protection) implements Decision {}

    /**
     * Not now, for the host does not prove who it is.
     *
     * @param status enhanced status code, 4.x.x
     */
    record Skip(String status, String why) implements Decision {}
}
