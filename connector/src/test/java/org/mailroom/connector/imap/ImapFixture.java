package org.mailroom.connector.imap;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.mailroom.connector.conversation.Conversation;
import org.mailroom.connector.memory.MemoryLogins;
import org.mailroom.connector.memory.MemoryStore;
import org.mailroom.connector.net.NetServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.wire.WireSettings;

/** An IMAP server on a port of its own, with Alice and Bob in memory. */
final class ImapFixture implements AutoCloseable {
    static final String MESSAGE = """
            Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)
            From: Fred Foobar <foobar@blurdybloop.example>
            Subject: afternoon meeting
            To: mooch@owatagu.example
            Message-ID: <B27397-0100000@blurdybloop.example>
            MIME-Version: 1.0
            Content-Type: TEXT/PLAIN; CHARSET=US-ASCII

            Hello Joe, do you think we can meet at 3:30 tomorrow?
            """;

    final MemoryStore store = new MemoryStore();
    final MemoryLogins logins = new MemoryLogins();
    final AccountId alice = logins.add("alice@here.example", "secret");
    final AccountId bob = logins.add("bob@here.example", "secret");
    final NetServer server;

    /** How much later every look at the clock finds it, in ns. */
    private volatile long step;

    private final AtomicLong ahead = new AtomicLong();

    ImapFixture(Path folder, WireSettings.PlaintextLogin plaintext, Duration patience) {
        this(folder, plaintext, patience, null);
    }

    /** @param other instead of the memory store, or null */
    ImapFixture(Path folder, WireSettings.PlaintextLogin plaintext, Duration patience, MailStore other) {
        var settings = new WireSettings(
                "mail.here.example",
                List.of(new WireSettings.Listener("imap", Protocol.IMAP, "127.0.0.1", 0, false)),
                new WireSettings.Tls(folder.resolve("certificate.pem"), folder.resolve("key.pem")),
                plaintext,
                new WireSettings.Mechanisms(List.of("PLAIN"), null),
                new WireSettings.Limits(
                        1000, 1000, 100, 10_000_000, 20, patience, patience, patience, patience, 100, 1000),
                TestSettings.SMTP,
                List.of(),
                List.of(),
                List.of(),
                1 << 20);
        store.name(alice, "alice@here.example");
        store.name(bob, "bob@here.example", "team@here.example");
        var services = new Services(null, logins, other == null ? store : other, null, settings);
        server = NetServer.open(
                settings,
                Map.of(Protocol.IMAP, new ImapServer(services, () -> System.nanoTime() + ahead.addAndGet(step))));
    }

    InetSocketAddress address() {
        return server.listeners().getFirst().address();
    }

    Conversation conversation() {
        return new Conversation(address())
                .with("deliver", this::deliver)
                .with("mail", this::mail)
                .with(
                        "clock",
                        seconds -> step =
                                Duration.ofSeconds(Long.parseLong(seconds)).toNanos())
                .with("quota", q -> {
                    var words = q.split(" ");
                    store.quota(alice, Long.valueOf(words[0]), Long.valueOf(words[1]));
                });
    }

    /** {@code deliver alice 3}: three messages; {@code deliver alice mixed}: the one of {@link Samples} by that name. */
    private void deliver(String arguments) {
        var words = arguments.split(" ");
        var account = logins.account(words[0] + "@here.example");
        if (words.length > 1 && !Character.isDigit(words[1].charAt(0))) {
            store.deliver(account, Samples.named(words[1]));
            return;
        }
        int count = words.length > 1 ? Integer.parseInt(words[1]) : 1;
        for (int i = 0; i < count; i++) {
            store.deliver(account, MESSAGE);
        }
    }

    /** {@code mail 3 1,2 joe 14 Re: hello}: the third message, which answers two, from Joe, of the 14th day of a month. */
    private void mail(String arguments) {
        var words = arguments.split(" ", 5);
        var references = words[1].equals("-") ? "" : "References: <" + words[1].replace(",", "@x> <") + "@x>\n";
        store.deliver(
                alice,
                "Message-ID: <" + words[0] + "@x>\n" + references + "From: " + words[2] + " <" + words[2]
                        + "@there.example>\nTo: alice@here.example\nDate: " + words[3]
                        + " Jun 2026 10:00:00 +0000\nSubject: " + words[4] + "\n\nMessage " + words[0] + "\n");
    }

    @Override
    public void close() {
        server.stop(Duration.ofMillis(100));
    }
}
