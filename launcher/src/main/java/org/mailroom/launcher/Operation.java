package org.mailroom.launcher;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command does to a home as a whole, one command at a time. */
final class Operation {
    private final Checkout checkout;
    private final Home home;
    private final Progress progress;
    private final Parts parts;
    private final Server server;
    private final EmbeddedDatabase embedded;

    Operation(Checkout checkout, Home home, Progress progress) {
        this.checkout = checkout;
        this.home = home;
        this.progress = progress;
        this.parts = new Parts(checkout, Versions.load());
        this.server = new Server(home, parts.payara());
        this.embedded = new EmbeddedDatabase(home, parts.postgresql());
    }

    Server server() {
        return server;
    }

    EmbeddedDatabase database() {
        return embedded;
    }

    Startup.Administrator start(Map<String, String> decisions) {
        home.prepare();
        return locked(() -> {
            var settings = Settings.of(home);
            settings.decide(decisions);
            settings.complete(home);
            var certificate = Certificate.of(home, settings);
            certificate.prepare(home, settings);
            settings.save();
            parts.fetch(progress);
            return new Startup(checkout, home, progress, server, embedded, settings).run(certificate);
        });
    }

    /** First the server, so that it can finish what it has begun with the database. */
    void stop() {
        if (!home.exists()) {
            return;
        }
        locked(() -> {
            stopHeld();
            return true;
        });
    }

    /** For a command that holds the home already. */
    void stopHeld() {
        if (server.process().isPresent()) {
            progress.step("Stopping the server", server::stop);
        }
        if (embedded.running().isPresent()) {
            progress.step("Stopping the database", embedded::stop);
        }
    }

    boolean stopped() {
        return server.process().isEmpty() && embedded.running().isEmpty();
    }

    private interface Work<T> {
        T run();
    }

    /** One command at a time changes a home. */
    private <T> T locked(Work<T> work) {
        try (var channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw new Trouble("another command is starting or stopping the Mailroom in " + home.directory()
                        + ". Wait until it is done.");
            }
            return work.run();
        } catch (IOException e) {
            throw new Trouble(
                    "cannot lock " + home.lock() + ": " + e.getMessage() + ". Run as the user that owns the home.", e);
        }
    }

    /** What stands where, for people and programs. */
    record Status(String state, Map<String, Object> facts) {}

    Status status(Settings settings) {
        var facts = new LinkedHashMap<String, Object>();
        var process = server.process();
        var database = embedded.running();
        boolean ready = false;
        Object health = "none";
        if (process.isPresent()) {
            try {
                var answer = Api.of(home, settings).ready();
                ready = answer.statusCode() == 200;
                health = answer.body();
            } catch (IOException e) {
                health = "no answer";
            }
        }
        boolean needed = Database.embedded(settings);
        var state = process.isEmpty() && (!needed || database.isEmpty())
                ? "stopped"
                : ready && (!needed || database.isPresent()) ? "running" : "degraded";
        facts.put("state", state);
        facts.put("version", Versions.load().mailroom());
        facts.put("home", home.directory().toString());
        process.ifPresent(p -> facts.put("serverPid", p.pid()));
        database.ifPresent(d -> facts.put("databasePid", d.pid()));
        var ports = Json.createObjectBuilder();
        for (var listener : Listener.values()) {
            int port = settings.port(listener);
            if (port != 0) {
                ports.add(listener.id, port);
            }
        }
        facts.put("ports", ports.build());
        facts.put("health", health);
        facts.put("console", "http://" + settings.reach() + ":" + settings.port(Listener.CONSOLE) + "/");
        return new Status(state, facts);
    }
}
