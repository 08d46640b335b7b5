package org.mailroom.launcher;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;

/**
 * What the operator decided and what had to be made up for this installation: the file that the server reads, too. A default
 * is not written down, so that a newer version may have better ones.
 */
final class Settings {
    static final String TEST_DOMAIN = "mailroom.test";

    private final PropertiesFile file;

    private Settings(PropertiesFile file) {
        this.file = file;
    }

    static Settings of(Home home) {
        return new Settings(PropertiesFile.read(home.settings()));
    }

    /** Keeps what the command line says; a later word on the same key wins. */
    void decide(Map<String, String> decisions) {
        decisions.forEach((key, value) -> {
            if (value.isEmpty()) {
                file.remove(key);
            } else {
                file.set(key, value);
            }
        });
    }

    /** Fills in what nobody decided and no default can know. */
    void complete(Home home) {
        var token = Secrets.keep(home.token());
        file.set("mail.api.token-sha256", Secrets.sha256(token));
        var name = machineName();
        int dot = name.indexOf('.');
        if (file.get("mail.domain") == null) {
            file.set("mail.domain", dot > 0 ? name.substring(dot + 1) : TEST_DOMAIN);
        }
        if (file.get("mail.hostname") == null) {
            file.set("mail.hostname", dot > 0 ? name : "mail." + text("mail.domain", TEST_DOMAIN));
        }
        for (var listener : Listener.values()) {
            port(listener);
        }
    }

    void save() {
        file.save();
    }

    /** Two settings are the same where they mean the same. */
    String meaning() {
        return file.meaning();
    }

    String text(String key, String otherwise) {
        var value = file.get(key);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    boolean decided(String key) {
        return file.get(key) != null;
    }

    int number(String key, int otherwise) {
        var value = text(key, String.valueOf(otherwise));
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new Trouble(
                    key + "=" + value + " is not a number. Set it right with --set " + key + "=" + otherwise + ".", e);
        }
    }

    int port(Listener listener) {
        int port = number(listener.key(), listener.defaultPort);
        if (port < 0 || port > 65_535 || listener == Listener.CONSOLE && port == 0) {
            throw new Trouble(listener.key() + "=" + port + " is no port. Set it with --set " + listener.key() + "="
                    + listener.defaultPort + ".");
        }
        return port;
    }

    /** The address that mail and console listen on. */
    String listen() {
        return text("mail.listen", "0.0.0.0");
    }

    /** Where this machine reaches the console: an address for all interfaces includes loopback. */
    String reach() {
        try {
            var address = InetAddress.getByName(listen());
            if (address.isAnyLocalAddress()) {
                return "127.0.0.1";
            }
            var text = address.getHostAddress();
            return text.contains(":") ? "[" + text + "]" : text;
        } catch (UnknownHostException e) {
            throw new Trouble(
                    "mail.listen=" + listen()
                            + " is no address of this machine. Set it with --set mail.listen=0.0.0.0.",
                    e);
        }
    }

    /** The machine's full name if it has one in the DNS or /etc/hosts; names that mean nothing elsewhere do not count. */
    private static String machineName() {
        try {
            var name = InetAddress.getLocalHost().getCanonicalHostName().toLowerCase(Locale.ROOT);
            boolean address = name.contains(":") || name.matches("[0-9.]+");
            boolean local = name.startsWith("localhost") || name.endsWith(".localdomain") || name.endsWith(".local");
            return address || local ? "" : name;
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
