package org.mailroom.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** The name under which this host speaks: in banners, EHLO, Received and reports. */
public final class HostName {
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    /** At the end a name, not a number: an address is no name (RFC 5321 §4.1.4). */
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)(" + LABEL + "\\.)*(?=.*[A-Za-z])" + LABEL);

    private HostName() {}

    /** {@code mail.hostname}, otherwise what the machine calls itself. */
    public static String of(Config config) {
        var name = Settings.of(config).text("mail.hostname").orElseGet(HostName::ofMachine);
        if (!NAME.matcher(name).matches()) {
            throw Settings.wrong("mail.hostname", name, "a host name such as mail.example.org");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** With its domain where DNS knows it, otherwise as it stands, otherwise {@code localhost}. */
    private static String ofMachine() {
        try {
            var machine = InetAddress.getLocalHost();
            for (var name : new String[] {machine.getCanonicalHostName(), machine.getHostName()}) {
                if (NAME.matcher(name).matches()) {
                    return name;
                }
            }
            return "localhost";
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
