package org.mailroom.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The scripts of {@code resources/asadmin}, in order: the very ones that an operator runs on a server of his own. */
final class Scripts {
    private static final List<String> ORDER =
            List.of("10-database.sh", "20-messaging.sh", "30-container.sh", "40-metrics.sh");

    private final Checkout checkout;
    private final Map<String, String> variables;

    Scripts(Checkout checkout, Home home, Server server, Database database, Broker broker, Settings settings) {
        this.checkout = checkout;
        var known = new LinkedHashMap<String, String>();
        known.put("ASADMIN", server.asadminScript().toString());
        known.put("MAILROOM_DATABASE_URL", database.url());
        known.put("MAILROOM_DATABASE_USER", database.user());
        known.put("MAILROOM_DATABASE_PASSWORD", database.password());
        known.put("MAILROOM_DATABASE_CONNECTIONS", String.valueOf(settings.number("mail.database.connections", 80)));
        known.put("MAILROOM_CONFIG", home.settings().toString());
        known.put("MAILROOM_JMS_USER", broker.user());
        known.put("MAILROOM_JMS_PASSWORD", broker.password());
        known.put("MAILROOM_METRICS_PASSWORD", Secrets.keep(home.secrets().resolve("metrics")));
        this.variables = Map.copyOf(known);
    }

    /** The same digest: nothing to do. */
    String digest() {
        var all = new StringBuilder();
        variables.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(all::append);
        ORDER.forEach(name -> all.append(text(name)));
        all.append(text("common"));
        return Secrets.sha256(all.toString());
    }

    void run() {
        for (var name : ORDER) {
            new Tool(List.of("bash", checkout.scripts().resolve(name).toString()))
                    .with(variables)
                    .demand("the script " + name + " failed:");
        }
    }

    /** Settings of a server that runs nothing but Mailroom, applied by the server itself before it opens a port. */
    static Path hardening(Checkout checkout) {
        return checkout.scripts().resolve("05-harden.asadmin");
    }

    private String text(String name) {
        try {
            return Files.readString(checkout.scripts().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
