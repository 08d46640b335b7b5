package org.mailroom.connector.pop3;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.mailroom.connector.memory.MemoryLogins;
import org.mailroom.connector.memory.MemoryMaildrops;
import org.mailroom.connector.memory.MemoryReceiver;
import org.mailroom.connector.memory.MemoryStore;
import org.mailroom.connector.net.NetServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Telnet;
import org.mailroom.connector.net.TestPem;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Actor;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.maildrop.Maildrops;
import org.mailroom.contract.store.MailStore;
import org.mailroom.contract.store.UidSet;
import org.mailroom.contract.wire.WireSettings;

/** A real server on loopback with a house in memory, where alice has three messages and bob has none. */
final class TestPop3 implements AutoCloseable {
    /** One for all: making it takes longer than most tests. */
    private static final WireSettings.Tls CERTIFICATE = certificate();

    final MemoryLogins logins = new MemoryLogins();
    final MemoryStore store = new MemoryStore();
    final MemoryMaildrops maildrops = new MemoryMaildrops(store);
    final AccountId alice = logins.add("alice@here.example", "secret");
    final NetServer server;

    /** The calls of store and maildrops, by name, in order. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** Thrown instead of carrying out a call of this name. */
    final Map<String, RuntimeException> faults = new ConcurrentHashMap<>();

    TestPop3(WireSettings.PlaintextLogin plaintext) {
        logins.add("bob@here.example", " pass word ");
        store.deliver(alice, "Subject: one\n\nFirst line\nsecond\n");
        store.deliver(alice, "Subject: dots\n\n.\n..\n.hidden\nend\n");
        store.deliver(alice, "Subject: three\n\n\n");
        var settings = new TestSettings()
                .listen(Protocol.POP3, false)
                .tls(CERTIFICATE)
                .plaintext(plaintext)
                .mechanisms("PLAIN")
                .build();
        var services = new Services(
                new MemoryReceiver(),
                logins,
                watched(MailStore.class, store),
                watched(Maildrops.class, maildrops),
                settings);
        server = NetServer.open(settings, Map.of(Protocol.POP3, new Pop3Server(services)));
    }

    private static WireSettings.Tls certificate() {
        try {
            return TestPem.write(Files.createTempDirectory("certificate"), "localhost");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T watched(Class<T> contract, T house) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    var fault = faults.get(method.getName());
                    if (fault != null) {
                        throw fault;
                    }
                    try {
                        return method.invoke(house, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                }));
    }

    /** A message as RFC 6532 has them. */
    void deliverInternationalised() {
        store.deliver(alice, """
                From: =?UTF-8?Q?plain?= <a@here.example>
                To: Jürgen <jürgen@bücher.example>, "Krause, Ä" <ak@bücher.example>, b@here.example
                Subject: Grüße aus Köln und zurück
                Content-Disposition: attachment; filename="Grüße.txt"

                Körper
                """);
    }

    /** UIDs that the next session is shown, such as {@code 1,3}. */
    void show(String uids) {
        maildrops.shown =
                UidSet.of(Stream.of(uids.split(",")).mapToLong(Long::parseLong).toArray());
    }

    /** What CAPA announces, such as {@code 7 true 60}: days, whether others differ, seconds between logins. */
    void terms(String text) {
        var words = text.split(" ");
        maildrops.terms = new Maildrops.Terms(
                Integer.valueOf(words[0]),
                Boolean.parseBoolean(words[1]),
                Duration.ofSeconds(Long.parseLong(words[2])));
    }

    InetSocketAddress address() {
        return server.listeners().getFirst().address();
    }

    Telnet connect() {
        var client = Telnet.to(address());
        client.line();
        return client;
    }

    /** A client as alice. */
    Telnet loggedIn() {
        var client = connect();
        client.send("USER alice@here.example\r\nPASS secret\r\n").line();
        var reply = client.line();
        if (!reply.startsWith("+OK")) {
            throw new AssertionError(reply);
        }
        return client;
    }

    /** Whether alice's maildrop can be taken. */
    boolean isFree() {
        var other = new Actor(alice, Protocol.POP3, "another session");
        try {
            maildrops.open(other);
            maildrops.close(other);
            return true;
        } catch (MailException held) {
            return false;
        }
    }

    /** As another session would. */
    void expunge(long uid) throws MailException {
        var actor = new Actor(alice, Protocol.IMAP, "imap");
        store.expunge(actor, store.mailbox(actor, "INBOX").id(), UidSet.of(uid), false);
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(5));
    }
}
