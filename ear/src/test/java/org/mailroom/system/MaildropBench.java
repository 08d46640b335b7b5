package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A large maildrop, over the wire: how long from the password to the answer of STAT, and how long a list of all unique ids
 * takes; docs/benchmarks.md has the results. The name keeps it out of the tests:
 * {@code mvn verify -Dit.test=MaildropBench …}.
 */
class MaildropBench {
    private static final int MESSAGES = Integer.getInteger("bench.messages", 100_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 11);

    private final Mailroom server = Mailroom.server();
    private final List<Double> login = new ArrayList<>();
    private final List<Double> uidl = new ArrayList<>();
    private final List<Double> list = new ArrayList<>();

    @Test
    void measure() throws Exception {
        var who = server.account("large-maildrop");
        fill(who);
        server.run("stop");
        server.start();
        for (int round = 0; round < ROUNDS; round++) {
            session(who);
        }
        System.out.println(MESSAGES + " messages: ms of the first session after a start, median of the " + (ROUNDS - 1)
                + " others (lowest to highest)");
        print("PASS and STAT", login);
        print("UIDL", uidl);
        print("LIST", list);
    }

    /** One message is appended, and copied until there are enough. */
    private void fill(String who) throws Exception {
        try (var imap = new Telnet(server.port("imap"))) {
            imap.line();
            imap.imap("a", "LOGIN " + who + " " + Mailroom.password(who));
            var text = "Subject: one of many\r\n\r\n" + "A line of text.\r\n".repeat(20);
            imap.raw("b APPEND INBOX {" + text.length() + "+}\r\n" + text + "\r\n");
            imap.expect("b OK", lastLine(imap.imapReply("b")));
            imap.imap("c", "SELECT INBOX");
            for (int there = 1; there < MESSAGES; ) {
                int more = Math.min(there, MESSAGES - there);
                imap.expect("d OK", lastLine(imap.imap("d", "COPY 1:" + more + " INBOX")));
                there += more;
            }
        }
    }

    private static String lastLine(String reply) {
        return reply.strip().lines().reduce((first, second) -> second).orElse("");
    }

    private void session(String who) throws Exception {
        try (var pop3 = new Telnet(server.port("pop3"))) {
            pop3.line();
            pop3.raw("USER " + who + "\r\n");
            pop3.line();
            long began = System.nanoTime();
            pop3.raw("PASS " + Mailroom.password(who) + "\r\n");
            pop3.expect("+OK " + MESSAGES, pop3.line());
            pop3.raw("STAT\r\n");
            pop3.expect("+OK " + MESSAGES, pop3.line());
            login.add(since(began));
            uidl.add(listing(pop3, "UIDL"));
            list.add(listing(pop3, "LIST"));
            pop3.raw("QUIT\r\n");
            pop3.line();
        }
    }

    private static double listing(Telnet pop3, String command) throws Exception {
        long began = System.nanoTime();
        pop3.raw(command + "\r\n");
        assertThat(pop3.linesToDot()).isEqualTo(MESSAGES + 1);
        return since(began);
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e6;
    }

    private static void print(String what, List<Double> millis) {
        var others = new ArrayList<>(millis.subList(1, millis.size()));
        Collections.sort(others);
        System.out.printf(
                "%-14s %6.0f %6.0f (%.0f to %.0f)%n",
                what, millis.getFirst(), others.get(others.size() / 2), others.getFirst(), others.getLast());
    }
}
