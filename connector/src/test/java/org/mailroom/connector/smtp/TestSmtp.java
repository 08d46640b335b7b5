package org.mailroom.connector.smtp;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.mailroom.connector.memory.MemoryLogins;
import org.mailroom.connector.memory.MemoryReceiver;
import org.mailroom.connector.net.NetServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Telnet;
import org.mailroom.connector.net.TestSettings;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.store.MailStore;

/** A real server on loopback with a house in memory: alice's password is {@code secret}. */
final class TestSmtp implements AutoCloseable {
    final MemoryReceiver receiver = new MemoryReceiver("alice@here.example", "bob@here.example");
    final NetServer server;

    TestSmtp() {
        this(new TestSettings().listen(Protocol.SMTP, false).listen(Protocol.SUBMISSION, false));
    }

    TestSmtp(TestSettings settings) {
        var logins = new MemoryLogins() {
            @Override
            public LoginVerdict verify(Attempt attempt, String name, String password) {
                return switch (password) {
                    case "secret" -> new LoginVerdict.Granted(new AccountId(1), name);
                    case "later" -> new LoginVerdict.Unavailable("Too many tries");
                    default -> new LoginVerdict.Denied();
                };
            }
        };
        var store = (MailStore) Proxy.newProxyInstance(
                MailStore.class.getClassLoader(), new Class<?>[] {MailStore.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        var smtp = new SmtpServer(new Services(receiver, logins, store, null, settings.build()));
        server = NetServer.open(
                settings.build(), Map.of(Protocol.SMTP, smtp, Protocol.SUBMISSION, smtp, Protocol.LMTP, smtp));
    }

    /** Of the first listener of this protocol that begins in the clear. */
    InetSocketAddress address(Protocol protocol) {
        return server.listeners().stream()
                .filter(l -> l.protocol() == protocol && !l.implicitTls())
                .findFirst()
                .orElseThrow()
                .address();
    }

    /** A client in the clear, before the greeting. */
    Telnet connect(Protocol protocol) {
        return Telnet.to(address(protocol));
    }

    /** Greeted, and has said EHLO. */
    Telnet greeted(Protocol protocol) {
        var client = connect(protocol);
        client.reply();
        client.say("EHLO client.example");
        return client;
    }

    /** About to send content to alice. */
    Telnet inData() {
        var client = greeted(Protocol.SMTP);
        client.say("MAIL FROM:<sender@there.example>");
        client.say("RCPT TO:<alice@here.example>");
        client.say("DATA");
        return client;
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(5));
    }
}
