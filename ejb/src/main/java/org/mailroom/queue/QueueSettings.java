package org.mailroom.queue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;
import org.mailroom.contract.relay.RelayTimeouts;

/**
 * How the queue behaves.
 *
 * @param hostname our name in EHLO and in reports
 * @param node who claims; two nodes on one database need two dns
 * @param terms how mail is sent where no rule of its domain says otherwise
 * @param concurrency recipients' hosts that are spoken to at a time, in all
 * @param lease how long a claim outlives its node
 * @param port of mail exchangers
 * @param timeouts how long other hosts may take
 * @param ownPort where our own SMTP listener is, to notice a loop
 */
public record QueueSettings(
        String hostname,
        String node,
        Terms terms,
        int concurrency,
        Duration lease,
        int port,
        RelayTimeouts timeouts,
        int ownPort) {
    /** No more than the connection pool behind the relay has places. */
    static final int MOST = 400;

    private static final Duration SHORTEST_LEASE = Alarms.ROUND.multipliedBy(3);

    public static QueueSettings of(Config config) {
        var settings = Settings.of(config);
        var hostname = HostName.of(config);
        return new QueueSettings(
                hostname,
                settings.text("mail.node").orElseGet(QueueSettings::thisServer),
                terms(settings),
                settings.number("mail.queue.concurrency", 200, 1, MOST),
                lease(settings),
                settings.number("mail.queue.port", 25, 1, 65535),
                timeouts(settings),
                settings.number("mail.smtp.port", 2525, 0, 65535));
    }

    private static Terms terms(Settings settings) {
        return new Terms(
                new RetrySchedule(
                        settings.duration("mail.queue.first-retry", Duration.ofMinutes(5)),
                        settings.duration("mail.queue.longest-retry", Duration.ofHours(4)),
                        settings.duration("mail.queue.expire", Duration.ofDays(5))),
                settings.duration("mail.queue.delay-notice", Duration.ofHours(4)),
                settings.number("mail.queue.destination-concurrency", 20, 1, MOST),
                settings.number("mail.queue.destination-rate", 0, 0, 1_000_000),
                Optional.empty());
    }

    private static RelayTimeouts timeouts(Settings settings) {
        var text = settings.text("mail.queue.timeouts").orElse("");
        try {
            return RelayTimeouts.parse(text);
        } catch (IllegalArgumentException e) {
            throw Settings.wrong("mail.queue.timeouts", text, "such as connect=PT10S,greeting=PT1M: " + e.getMessage());
        }
    }

    /** The machine and the server on it: stays when the server starts again, and is not the name that all nodes share. */
    private static String thisServer() {
        String machine;
        try {
            machine = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            machine = "unknown";
        }
        return machine + ":" + System.getProperty("com.sun.aas.instanceRoot", "");
    }

    /** Leases are renewed with each round; one that ran out before would have the same message sent twice. */
    private static Duration lease(Settings settings) {
        var lease = settings.duration("mail.queue.lease", Duration.ofMinutes(2));
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw Settings.wrong("mail.queue.lease", lease.toString(), "at least " + SHORTEST_LEASE);
        }
        return lease;
    }
}
