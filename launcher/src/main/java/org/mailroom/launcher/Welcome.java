package org.mailroom.launcher;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Where to connect, and the administrator's password the one time that it is known. */
final class Welcome {
    private final Home home;
    private final Settings settings;

    Welcome(Home home) {
        this.home = home;
        this.settings = Settings.of(home);
    }

    void print(Startup.Administrator administrator, PrintStream out) {
        out.println();
        out.println("Mailroom " + Versions.load().mailroom() + " is ready.");
        out.println();
        out.printf("  %-12s %-6s %s%n", "service", "port", "");
        for (var listener : Listener.values()) {
            int port = settings.port(listener);
            if (port != 0 && !listener.isConsole()) {
                out.printf("  %-12s %-6d %s%n", listener.service, port, listener.note);
            }
        }
        out.println();
        out.println("  Console      http://" + settings.reach() + ":" + settings.port(Listener.CONSOLE) + "/");
        if (settings.port(Listener.CONSOLE_TLS) != 0) {
            out.println("               https://" + host() + ":" + settings.port(Listener.CONSOLE_TLS) + "/");
        }
        out.println("  Log          " + home.domains().resolve("mailroom/logs/server.log"));
        out.println();
        if (administrator.password().isEmpty()) {
            out.println("  Log in to the console as " + administrator.address()
                    + "; a lost password is replaced by: ./mailroom admin reset-password");
        } else {
            out.println("  Administrator " + administrator.address());
            out.println("  Password      " + administrator.password() + "    (shown this once)");
        }
        out.println("  Next: ./mailroom account add alice@" + settings.text("mail.domain", Settings.TEST_DOMAIN));
        out.println();
    }

    private String host() {
        try {
            return settings.reach().equals("127.0.0.1") && settings.listen().equals("0.0.0.0")
                    ? InetAddress.getLocalHost().getHostName()
                    : settings.reach();
        } catch (UnknownHostException e) {
            return settings.reach();
        }
    }
}
