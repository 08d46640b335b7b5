package org.mailroom.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.eclipse.microprofile.config.Config;

/** The name under which this host speaks: in banners, EHLO, Received and reports. */
public final class HostName {
    private HostName() {}

    /** {@code mail.hostname}, otherwise what the machine calls itself. */
    public static String of(Config config) {
        var name = Settings.of(config).text("mail.hostname").orElseGet(HostName::ofMachine);
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")) {
            throw Settings.wrong("mail.hostname", name, "a host name such as mail.example.org");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static String ofMachine() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
