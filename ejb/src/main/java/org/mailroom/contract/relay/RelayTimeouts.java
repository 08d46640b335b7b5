package org.mailroom.contract.relay;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a remote may take over each step; the times of the protocol are those of RFC 5321 §4.5.3.2.
 *
 * @param connect until TCP stands
 * @param greeting until the 220
 * @param command until the reply to EHLO, MAIL, RCPT and the like
 * @param handshake for all of TLS
 * @param data until the 354
 * @param block until the remote took one more piece of the message
 * @param dot until the reply to the final dot
 * @param message from the 354 to the final dot, so that a remote that takes an octet now and then ends too
 * @param quit for saying goodbye, which nobody waits for long
 */
public record RelayTimeouts(
        Duration connect,
        Duration greeting,
        Duration command,
        Duration handshake,
        Duration data,
        Duration block,
        Duration dot,
        Duration message,
        Duration quit)
        implements Serializable {
    public static final RelayTimeouts STANDARD = new RelayTimeouts(
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(3),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofSeconds(2));

    /**
     * Reads {@code connect=PT10S,greeting=PT1M}; what is not named keeps its standard.
     *
     * @throws IllegalArgumentException where a name is unknown or a duration cannot be read
     */
    public static RelayTimeouts parse(String text) {
        var given = new LinkedHashMap<String, Duration>();
        for (var pair : text.split(",")) {
            if (!pair.isBlank()) {
                put(given, pair.strip());
            }
        }
        var parsed = new RelayTimeouts(
                take(given, "connect", STANDARD.connect),
                take(given, "greeting", STANDARD.greeting),
                take(given, "command", STANDARD.command),
                take(given, "handshake", STANDARD.handshake),
                take(given, "data", STANDARD.data),
                take(given, "block", STANDARD.block),
                take(given, "dot", STANDARD.dot),
                take(given, "message", STANDARD.message),
                take(given, "quit", STANDARD.quit));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("unknown time-outs " + given.keySet());
        }
        return parsed;
    }

    private static void put(Map<String, Duration> given, String pair) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("a time-out is name=duration, not " + pair);
        }
        try {
            given.put(pair.substring(0, equals), Duration.parse(pair.substring(equals + 1)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a duration, such as PT5M: " + pair, e);
        }
    }

    private static Duration take(Map<String, Duration> given, String name, Duration standard) {
        var duration = given.remove(name);
        return duration == null ? standard : duration;
    }
}
