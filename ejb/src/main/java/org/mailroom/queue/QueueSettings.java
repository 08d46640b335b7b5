package org.mailroom.queue;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;

/**
 * How the queue behaves.
 *
 * @param hostname our name in EHLO and in reports
 * @param node who claims; two nodes on one database need two names
 * @param schedule when to try again
 * @param concurrency recipients' hosts that are spoken to at a time, in all
 * @param perDestination and for one domain
 * @param lease how long a claim outlives its node
 * @param port of mail exchangers
 * @param ownPort where our own SMTP listener is, to notice a loop
 * @param dnsServers {@code address} or {@code address:port}; none: those of the machine
 * @param dnsTimeout for one question
 */
public record QueueSettings(
        String hostname,
        String node,
        RetrySchedule schedule,
        int concurrency,
        int perDestination,
        Duration lease,
        int port,
        int ownPort,
        List<String> dnsServers,
        Duration dnsTimeout) {
    /** No more than the connection pool behind the relay has places. */
    static final int MOST = 400;

    public QueueSettings {
        dnsServers = List.copyOf(dnsServers);
    }

    public static QueueSettings of(Config config) {
        var settings = Settings.of(config);
        var hostname = HostName.of(config);
        return new QueueSettings(
                hostname,
                settings.text("mail.node", hostname),
                new RetrySchedule(
                        settings.duration("mail.queue.first-retry", Duration.ofMinutes(5)),
                        settings.duration("mail.queue.longest-retry", Duration.ofHours(4)),
                        settings.duration("mail.queue.expire", Duration.ofDays(5))),
                settings.number("mail.queue.concurrency", 200, 1, MOST),
                settings.number("mail.queue.destination-concurrency", 20, 1, MOST),
                settings.duration("mail.queue.lease", Duration.ofMinutes(2)),
                settings.number("mail.queue.port", 25, 1, 65535),
                settings.number("mail.smtp.port", 2525, 0, 65535),
                settings.list("mail.dns.servers"),
                settings.duration("mail.dns.timeout", Duration.ofSeconds(5)));
    }
}
