package org.mailroom.system;

import static org.mailroom.system.Eventually.eventually;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.mailroom.FreePort;

/**
 * How fast messages of 10 kB, each over a connection of its own, are accepted and visible in IMAP: ours, and those of a Postfix
 * that hands them to a Dovecot by LMTP, in turns. No test: ordinary runs leave it out. Needs root, and Debian's postfix,
 * dovecot-imapd, -pop3d and -lmtpd.
 */
class ReceiveBench {
    private static final int MESSAGES = Integer.getInteger("bench.messages", 2000);
    private static final int WARM = Integer.getInteger("bench.warm", 8000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final String TEXT = "Line of a message as long as most of them are in letters.\r\n".repeat(167);

    private final Mailroom server = Mailroom.server();

    /** What the last message was called. */
    private final AtomicInteger number = new AtomicInteger();

    /** @param user logs in to IMAP; mail for it goes to {@code address} */
    private record Peer(
            String name, int smtp, int imap, IntFunction<String> user, IntFunction<String> address, String password) {}

    private record Result(double visible, double p99) {}

    @Test
    void receives() throws Exception {
        server.run("stop");
        // As the peers: nobody asks the name server who may send, or another program what it is.
        server.start(List.of(
                "mail.authenticity.spf=off",
                "mail.authenticity.dmarc=off",
                "mail.content.rspamd.url=",
                "mail.content.clamav.address=",
                "mail.policy.block-lists=",
                "mail.policy.allow-lists=",
                "mail.policy.greylist=false"));
        try (var dovecot = new Dovecot("maildir");
                var postfix = new Postfix(FreePort.next(), FreePort.next(), dovecot.lmtp())) {
            var accounts = new ArrayList<String>();
            for (int i = 0; i < Dovecot.USERS; i++) {
                accounts.add(server.account("receive" + i));
            }
            var ours = new Peer("Mailroom", server.port("smtp"), server.port("imap"), accounts::get, accounts::get, "");
            var theirs = new Peer(
                    "Postfix + Dovecot",
                    postfix.port(),
                    dovecot.imap(),
                    i -> Dovecot.user(i + 1),
                    i -> Dovecot.user(i + 1) + "@inbox.test",
                    Dovecot.PASSWORD);
            run(ours, WARM, 10);
            run(theirs, MESSAGES, 10);
            for (int sessions : new int[] {10, 50, 1}) {
                for (int round = 0; round < ROUNDS; round++) {
                    var first = round % 2 == 0;
                    var before = first ? null : run(theirs, MESSAGES, sessions);
                    var we = run(ours, MESSAGES, sessions);
                    var they = first ? run(theirs, MESSAGES, sessions) : before;
                    System.out.printf(
                            "%d sessions, %d messages: visible Mailroom %.0f/s, Postfix + Dovecot %.0f/s, ratio %.2f;"
                                    + " connection to 250 p99 %.0f and %.0f ms%n",
                            sessions, MESSAGES, we.visible, they.visible, we.visible / they.visible, we.p99, they.p99);
                }
            }
        } finally {
            server.run("stop");
            server.start();
        }
    }

    private Result run(Peer peer, int messages, int sessions) throws Exception {
        var waits = Collections.synchronizedList(new ArrayList<Double>());
        var left = new AtomicInteger(messages);
        int had = visible(peer);
        long began = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(sessions)) {
            var clients = new ArrayList<Future<?>>();
            for (int i = 0; i < sessions; i++) {
                Callable<Void> client = () -> {
                    for (int one = left.decrementAndGet(); one >= 0; one = left.decrementAndGet()) {
                        waits.add(send(peer, number.incrementAndGet()));
                    }
                    return null;
                };
                clients.add(threads.submit(client));
            }
            for (var client : clients) {
                client.get();
            }
        }
        eventually("all are visible", Duration.ofMinutes(2), () -> visible(peer) == had + messages);
        double seconds = (System.nanoTime() - began) / 1e9;
        var sorted = waits.stream().sorted().toList();
        return new Result(messages / seconds, sorted.get((int) (sorted.size() * 0.99)));
    }

    /** Returns the ms from the connection to the reply to the final dot. */
    private double send(Peer peer, int number) throws IOException {
        long began = System.nanoTime();
        try (var client = new Telnet(peer.smtp)) {
            client.expect("220", client.reply());
            client.expect("250", client.smtp("EHLO me.test"));
            client.expect("250", client.smtp("MAIL FROM:<ann@there.example>"));
            client.expect("250", client.smtp("RCPT TO:<" + peer.address.apply(number % Dovecot.USERS) + ">"));
            client.expect("354", client.smtp("DATA"));
            client.raw(
                    "Date: Fri, 20 Nov 2026 12:00:00 +0000\r\nFrom: Ann <ann@there.example>\r\nTo: Bob <bob@here.example>\r\n"
                            + "Subject: number " + number + "\r\nMessage-ID: <" + number + "." + peer.imap
                            + "@there.example>\r\n\r\n" + TEXT + ".\r\n");
            client.expect("250", client.reply());
            double took = (System.nanoTime() - began) / 1e6;
            client.smtp("QUIT");
            return took;
        }
    }

    /** How many messages the users see in their INBOX. */
    private static int visible(Peer peer) throws IOException {
        int all = 0;
        for (int i = 0; i < Dovecot.USERS; i++) {
            var user = peer.user.apply(i);
            var password = peer.password.isEmpty() ? Mailroom.password(user) : peer.password;
            try (var imap = new Telnet(peer.imap)) {
                imap.line();
                imap.raw("a LOGIN " + user + " " + password + "\r\nb STATUS INBOX (MESSAGES)\r\n");
                for (var line = imap.line(); !line.startsWith("b "); line = imap.line()) {
                    if (line.startsWith("* STATUS")) {
                        all += Integer.parseInt(line.replaceFirst(".*MESSAGES (\\d+).*", "$1"));
                    }
                }
            }
        }
        return all;
    }
}
