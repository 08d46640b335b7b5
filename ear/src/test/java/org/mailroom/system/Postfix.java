package org.mailroom.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A Postfix of its own, on loopback: what is for sink.test is kept until it is released, what is for inbox.test goes on by LMTP. */
final class Postfix implements AutoCloseable {
    private static final String DAEMONS = """
            127.0.0.1:%d inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            lmtp unix - - n - - lmtp
            error unix - - n - - error
            retry unix - - n - - error
            showq unix n - n - - showq
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """;
    private static final String SETTINGS = """
            compatibility_level = 3.6
            queue_directory = %1$s/spool
            data_directory = %1$s/lib
            command_directory = /usr/sbin
            daemon_directory = /usr/lib/postfix/sbin
            maillog_file = %1$s/log
            maillog_file_prefixes = %1$s
            mail_owner = postfix
            setgid_group = postdrop
            myhostname = peer.test
            mydestination =
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            mynetworks = 127.0.0.0/8
            relay_domains = sink.test inbox.test
            transport_maps = inline:{{sink.test = smtp:[127.0.0.1]:%2$d}, {inbox.test = lmtp:inet:127.0.0.1:%3$d}}
            smtpd_relay_restrictions = permit_mynetworks, reject
            default_process_limit = 200
            smtp_destination_concurrency_limit = 20
            disable_dns_lookups = yes
            smtp_host_lookup = native
            smtputf8_enable = no
            in_flow_delay = 0
            """;
    private static final String HELD = "defer_transports = smtp\n";

    private final Path home = Files.createTempDirectory(
            "pf", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    private final Path etc = Files.createDirectories(home.resolve("etc"));
    private final String settings;
    private final int port;

    /**
     * @param sink where what is for sink.test goes
     * @param lmtp where what is for inbox.test goes
     */
    Postfix(int port, int sink, int lmtp) throws IOException, InterruptedException {
        this.port = port;
        settings = SETTINGS.formatted(home, sink, lmtp);
        Files.createDirectories(home.resolve("spool"));
        var lib = Files.createDirectories(home.resolve("lib"));
        QueueDrainBench.run("chown", "postfix", lib.toString());
        QueueDrainBench.run("sh", "-c", "cp -r /etc/postfix/dynamicmaps.cf* /etc/postfix/postfix-files* " + etc);
        Files.writeString(etc.resolve("master.cf"), DAEMONS.formatted(port));
        configure(settings + HELD);
    }

    int port() {
        return port;
    }

    private void configure(String main) throws IOException, InterruptedException {
        Files.writeString(etc.resolve("main.cf"), main);
        QueueDrainBench.run("postfix", "-c", etc.toString(), "start");
    }

    /** How many messages wait to be tried again. */
    long deferred() throws IOException {
        try (var files = Files.walk(home.resolve("spool/deferred"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Lets the next attempt go out. */
    void release() throws IOException, InterruptedException {
        stop();
        configure(settings);
    }

    /** Keeps what comes from now on. */
    void hold() throws IOException, InterruptedException {
        stop();
        configure(settings + HELD);
    }

    private void stop() throws IOException, InterruptedException {
        QueueDrainBench.run("postfix", "-c", etc.toString(), "stop");
    }

    void flush() throws IOException, InterruptedException {
        QueueDrainBench.run("postqueue", "-c", etc.toString(), "-f");
    }

    @Override
    public void close() throws IOException {
        try {
            stop();
            QueueDrainBench.run("rm", "-rf", home.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
