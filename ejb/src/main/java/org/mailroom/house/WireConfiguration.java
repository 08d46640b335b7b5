package org.mailroom.house;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.HostName;
import org.mailroom.config.MailroomFile;
import org.mailroom.config.Settings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings;

/** Reads what the wire needs to know, and refuses what it could not serve with. */
final class WireConfiguration {
    private static final int PORTS = 65_535;

    private WireConfiguration() {}

    static WireSettings of(Config config) {
        var settings = Settings.of(config);
        return new WireSettings(
                HostName.of(config),
                listeners(settings),
                tls(settings),
                settings.choice("mail.login.plaintext", WireSettings.PlaintextLogin.LOOPBACK),
                new WireSettings.Mechanisms(mechanisms(settings), keytab(settings)),
                limits(settings),
                smtp(settings),
                settings.list("mail.limits.exempt"),
                trusted(settings),
                settings.list("mail.proxy.from"),
                transcripts(settings));
    }

    private static int transcripts(Settings settings) {
        var key = "mail.console.transcripts";
        int octets = settings.number(key, 8_388_608, 0, 1 << 30);
        if (octets > 0 && octets < 65_536) {
            throw Settings.wrong(key, String.valueOf(octets), "0, or 65536 octets at least");
        }
        return octets;
    }

    private static List<WireSettings.Listener> listeners(Settings settings) {
        var address = settings.text("mail.listen", "0.0.0.0");
        var listeners = new ArrayList<WireSettings.Listener>();
        listener(settings, address, "smtp", Protocol.SMTP, 2525, false).ifPresent(listeners::add);
        listener(settings, address, "submission", Protocol.SUBMISSION, 2587, false)
                .ifPresent(listeners::add);
        listener(settings, address, "submissions", Protocol.SUBMISSION, 2465, true)
                .ifPresent(listeners::add);
        listener(settings, address, "pop3", Protocol.POP3, 2110, false).ifPresent(listeners::add);
        listener(settings, address, "pop3s", Protocol.POP3, 2995, true).ifPresent(listeners::add);
        listener(settings, address, "imap", Protocol.IMAP, 2143, false).ifPresent(listeners::add);
        listener(settings, address, "imaps", Protocol.IMAP, 2993, true).ifPresent(listeners::add);
        lmtp(settings).ifPresent(listeners::add);
        return listeners;
    }

    /** Nobody logs in there, so strangers must not reach it. */
    private static Optional<WireSettings.Listener> lmtp(Settings settings) {
        var address = settings.text("mail.lmtp.listen", "127.0.0.1");
        return listener(settings, address, "lmtp", Protocol.LMTP, 0, false);
    }

    private static @Nullable Path keytab(Settings settings) {
        return settings.text("mail.login.kerberos.keytab").map(Path::of).orElse(null);
    }

    /** What can be had: tokens only of an issuer that is named, certificates of an authority, tickets by a keytab that is. */
    private static List<String> mechanisms(Settings settings) {
        var known = new ArrayList<String>();
        if (settings.text("mail.login.client-authorities").isPresent()) {
            known.add("EXTERNAL");
        }
        if (keytab(settings) != null) {
            known.add("GSSAPI");
        }
        known.addAll(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"));
        if (settings.text("mail.login.oauth.keys").isPresent()
                || settings.text("mail.login.oauth.introspection").isPresent()) {
            known.addAll(List.of("OAUTHBEARER", "XOAUTH2"));
        }
        known.addAll(List.of("PLAIN", "LOGIN"));
        var wanted = settings.list("mail.login.mechanisms").stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .toList();
        var namable = new ArrayList<>(known);
        namable.addAll(List.of("SCRAM-SHA-1-PLUS", "SCRAM-SHA-1"));
        for (var name : wanted) {
            if (!namable.contains(name)) {
                throw Settings.wrong("mail.login.mechanisms", name, "one of " + String.join(", ", namable));
            }
        }
        return wanted.isEmpty() ? known : wanted;
    }

    private static List<String> trusted(Settings settings) {
        var networks = settings.text("mail.smtp.trusted", "127.0.0.0/8,::1");
        return networks.equals("none") ? List.of() : List.of(networks.split(" *, *"));
    }

    private static WireSettings.Smtp smtp(Settings settings) {
        return new WireSettings.Smtp(
                settings.number("mail.limits.commands", 100_000, 10, 1_000_000_000),
                settings.number("mail.limits.idle-commands", 100, 5, 1_000_000),
                settings.number("mail.limits.messages", 10_000, 1, 1_000_000_000),
                // RFC 5321 §4.5.3.1.6: 1000 with CRLF.
                settings.number("mail.limits.line", 998, 998, 10_000_000),
                settings.choice("mail.smtp.bare-line-ends", WireSettings.BareLineEnds.REFUSE),
                settings.duration("mail.timeout.transaction", Duration.ofHours(1)),
                settings.duration("mail.submission.longest-hold", Duration.ofDays(30)));
    }

    private static Optional<WireSettings.Listener> listener(
            Settings settings, String address, String name, Protocol protocol, int otherwise, boolean implicitTls) {
        int port = settings.number("mail." + name + ".port", otherwise, 0, PORTS);
        return port == 0
                ? Optional.empty()
                : Optional.of(new WireSettings.Listener(name, protocol, address, port, implicitTls));
    }

    static WireSettings.Tls tls(Settings settings) {
        var home = home();
        return new WireSettings.Tls(
                settings.text("mail.tls.certificate").map(Path::of).orElse(home.resolve("certificate.pem")),
                settings.text("mail.tls.private-key").map(Path::of).orElse(home.resolve("private-key.pem")),
                settings.text("mail.login.client-authorities").map(Path::of).orElse(null));
    }

    /** Beside the configuration file, otherwise with the server's own keys. */
    private static Path home() {
        var file = MailroomFile.path();
        if (file != null) {
            return file.resolveSibling("tls");
        }
        var server = Path.of(System.getProperty("com.sun.aas.instanceRoot", System.getProperty("user.dir")));
        return server.resolve("config").resolve("mailroom-tls");
    }

    private static WireSettings.Limits limits(Settings settings) {
        return new WireSettings.Limits(
                settings.number("mail.limits.connections", 10_000, 1, 1_000_000),
                settings.number("mail.limits.connections-per-address", 100, 1, 1_000_000),
                // RFC 5321 §4.5.3.1.8: at least 100.
                settings.number("mail.limits.recipients", 1000, 100, 100_000),
                settings.number("mail.limits.message-size", 52_428_800L, 65_536L, 2_147_483_647L),
                settings.number("mail.limits.errors", 20, 1, 1000),
                settings.duration("mail.timeout.smtp", Duration.ofMinutes(5)),
                settings.duration("mail.timeout.pop3", Duration.ofMinutes(10)),
                settings.duration("mail.timeout.imap", Duration.ofMinutes(30)),
                settings.duration("mail.timeout.login", Duration.ofMinutes(1)),
                settings.number("mail.limits.calls", 64, 1, 120),
                // RFC 9738 §3.1: at least 1000.
                settings.number("mail.limits.imap-messages", 1_000_000, 1000, 100_000_000));
    }
}
