package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many who log in at once, and one who guesses. */
class LoginStormIT {
    private static final int USERS = 100;
    private static final int CONNECTIONS = 1000;
    private static final int PATIENCE_SECONDS = 120;

    private final Mailroom server = Mailroom.server();

    private String account(String name) {
        var address = name + "@here.test";
        var made = server.api(
                "POST",
                "/accounts",
                "{\"address\":\"" + address + "\",\"password\":\"" + Mailroom.password(address) + "\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return address;
    }

    private record Served(String login, String select) {}

    private Served serve(String who, CountDownLatch allIn) throws Exception {
        try (var imap = new Telnet(server.port("imap"))) {
            imap.line();
            var login = imap.imap("a", "LOGIN " + who + " \"" + Mailroom.password(who) + "\"");
            allIn.countDown();
            // Nobody leaves before the last one is in.
            allIn.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return new Served(login, imap.imap("b", "SELECT INBOX"));
        }
    }

    @Test
    void a_thousand_connections_of_a_hundred_users_are_all_served() throws Exception {
        var users =
                IntStream.range(0, USERS).mapToObj(i -> account("storm-" + i)).toList();
        var allIn = new CountDownLatch(CONNECTIONS);
        var began = Instant.now();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var storm = new ArrayList<Future<Served>>();
            for (int i = 0; i < CONNECTIONS; i++) {
                var who = users.get(i % USERS);
                storm.add(clients.submit(() -> serve(who, allIn)));
            }
            assertThat(allIn.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            var took = Duration.between(began, Instant.now());
            System.out.println("login storm: " + CONNECTIONS + " connections of " + USERS + " users logged in within "
                    + took.toMillis() / 1000.0 + " s");
            for (var one : storm) {
                var served = one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(served.login()).contains("a OK");
                assertThat(served.select()).contains("b OK");
            }
        }
    }

    /** From where tests come nobody is slowed; so this one comes through a proxy, from elsewhere. */
    private String login(String who, String password) throws Exception {
        try (var imap = Telnet.proxied("198.51.100.210", server.port("imap"))) {
            imap.line();
            imap.imap("a", "STARTTLS");
            imap.secure(IdleBench.trusting(server.home().resolve("tls/certificate.pem")));
            return last(imap.imap("b", "LOGIN " + who + " \"" + password + "\""));
        }
    }

    private static String last(String reply) throws IOException {
        return List.of(reply.split("\n")).getLast();
    }

    @Test
    void who_guesses_waits_is_seen_and_gets_in_when_he_is_forgiven() throws Exception {
        var who = account("storm-guessed");
        var heard = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            heard.add(login(who, "wrong-" + i));
        }
        assertThat(heard).allMatch(reply -> reply.startsWith("b NO"));
        assertThat(login(who, Mailroom.password(who)))
                .as("right, and too early")
                .startsWith("b NO");
        assertThat(server.run("login", "slowed")).contains(who);
        // Somebody else, from the machine itself, is not concerned by what came from there.
        server.run("login", "lift", who);
        assertThat(login(who, Mailroom.password(who))).startsWith("b OK");
        var nobody = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            nobody.add(login("storm-nobody@here.test", "wrong-" + i));
        }
        assertThat(nobody.stream().map(LoginStormIT::shape).toList())
                .as("whether an account is there is not to be heard")
                .isEqualTo(heard.stream().map(LoginStormIT::shape).toList());
        server.run("login", "lift", "storm-nobody@here.test");
    }

    /** Whoever is not there costs a hash, too: some 30 ms, without which an answer takes one or two. */
    @Test
    void the_clock_does_not_tell_who_has_an_account() throws Exception {
        var there = account("storm-timed");
        var nobody = "storm-untimed@here.test";
        var known = new ArrayList<Long>();
        var unknown = new ArrayList<Long>();
        for (int i = 0; i < 25; i++) {
            known.add(wrong(there, i));
            unknown.add(wrong(nobody, i));
        }
        System.out.println("wrong passwords: " + median(known) / 1000 + " us for an account, " + median(unknown) / 1000
                + " us for none (medians of 25)");
        assertThat(median(unknown)).isGreaterThan(median(known) / 3);
    }

    /** How long the refusal took; from the machine itself, where nobody is slowed. */
    private long wrong(String who, int number) throws IOException {
        try (var imap = new Telnet(server.port("imap"))) {
            imap.line();
            var began = System.nanoTime();
            assertThat(imap.imap("a", "LOGIN " + who + " wrong-" + number)).contains("a NO [AUTHENTICATIONFAILED]");
            return System.nanoTime() - began;
        }
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private static String shape(String reply) {
        return reply.replaceAll("\\d+", "n");
    }
}
