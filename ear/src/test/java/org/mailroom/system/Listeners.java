package org.mailroom.system;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailroom.FreePort;

/** Ports that nobody else has, for all that a server listens on. */
final class Listeners {
    private final Map<String, Integer> ports = new LinkedHashMap<>();

    Listeners() {
        for (var name : List.of(
                "smtp",
                "submission",
                "submissions",
                "lmtp",
                "pop3",
                "pop3s",
                "imap",
                "imaps",
                "console",
                "console.tls")) {
            ports.put(name, FreePort.next());
        }
    }

    int port(String name) {
        return ports.get(name);
    }

    /** {@code key=value} */
    List<String> settings() {
        return ports.entrySet().stream()
                .map(each -> key(each.getKey()) + "=" + each.getValue())
                .toList();
    }

    private static String key(String name) {
        return name.equals("console.tls") ? "mail.console.tls-port" : "mail." + name + ".port";
    }
}
