package org.mailroom.admin;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.HostName;
import org.mailroom.config.Settings;

/**
 * What administrators may talk to by hand besides this server.
 *
 * @param ports of the hosts to which mail would go; none: only this server
 * @param hostname our name, to greet with
 */
record TelnetSettings(Set<Integer> ports, String hostname) {
    private static final String KEY = "mail.console.telnet-ports";

    TelnetSettings {
        ports = Set.copyOf(ports);
    }

    static TelnetSettings of(Config config) {
        var text = Settings.of(config).text(KEY, "24,25,110,143,465,587,993,995");
        return new TelnetSettings(
                text.equals("none")
                        ? Set.of()
                        : Stream.of(text.split(","))
                                .map(port -> port(text, port.strip()))
                                .collect(Collectors.toSet()),
                HostName.of(config));
    }

    private static int port(String all, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw Settings.wrong(KEY, all, "ports separated by commas, or none");
        }
        return Integer.parseInt(text);
    }
}
