package org.mailroom.admin;

import java.util.List;
import org.mailroom.contract.wire.Wire;

/**
 * How the server fares, in numbers.
 *
 * @param problem why it is not ready; empty where it is
 * @param messages in all mailboxes, of {@code octets} in all
 * @param queued messages that wait to go out
 */
public record Status(
        String version,
        boolean ready,
        String problem,
        long domains,
        long accounts,
        long messages,
        long octets,
        long queued,
        long sessions,
        List<Wire.Listening> listeners) {
    public Status {
        listeners = List.copyOf(listeners);
    }
}
