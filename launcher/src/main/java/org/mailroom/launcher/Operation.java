package org.mailroom.launcher;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Start and stop: the steps of each, in order, done as far as they are not done already. */
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

    /** The administrator's address and, the first time only, the password. */
    record Administrator(String address, String password) {}

    Administrator start(Map<String, String> decisions) {
        home.prepare();
        return locked(() -> {
            var settings = Settings.of(home);
            settings.decide(decisions);
            settings.complete(home);
            var certificate = Certificate.of(home, settings);
            certificate.prepare(home, settings);
            settings.save();
            parts.fetch(progress);
            return start(settings, certificate);
        });
    }

    private Administrator start(Settings settings, Certificate certificate) {
        var state = new State(home);
        var meaning = Secrets.sha256(settings.meaning() + State.digest(Scripts.hardening(checkout)));
        if (server.process().isPresent() && !state.is("settings", meaning)) {
            progress.step("Stopping the server, because settings changed", server::stop);
        }
        var database = startDatabase(settings, state);
        var application = new Application(server, state, checkout.application());
        boolean started = server.process().isEmpty();
        if (started) {
            startServer(settings, certificate, state);
            state.done("settings", meaning);
        }
        var scripts = new Scripts(checkout, home, server, database, settings);
        boolean changed = !state.is("scripts", scripts.digest());
        if (changed) {
            progress.step("Setting up database pool and messaging (resources/asadmin)", scripts::run);
            state.done("scripts", scripts.digest());
        }
        // Where the resources changed, what was deployed before has started without them.
        if (changed || !application.deployed()) {
            progress.step("Deploying Mailroom", application::deploy);
        }
        var api = new Api(home, settings);
        progress.step("Waiting until it is ready", () -> application.awaitReady(api));
        return administrator(api, settings);
    }

    private Database startDatabase(Settings settings, State state) {
        if (!Database.embedded(settings)) {
            return Database.of(settings);
        }
        var running = embedded.running();
        if (running.isPresent()) {
            return embedded.database(running.get().port());
        }
        int port = databasePort(settings, state);
        progress.step("Starting the database", () -> embedded.start(port));
        state.done("database-port", String.valueOf(port));
        return embedded.database(port);
    }

    private static int databasePort(Settings settings, State state) {
        if (settings.decided("mail.database.port")) {
            int port = settings.number("mail.database.port", EmbeddedDatabase.DEFAULT_PORT);
            Ports.require("127.0.0.1", port, "mail.database.port");
            return port;
        }
        int last = state.number("database-port");
        return last != 0 && Ports.free("127.0.0.1", last)
                ? last
                : Ports.choose(
                        EmbeddedDatabase.DEFAULT_PORT,
                        1,
                        EmbeddedDatabase.DEFAULT_PORT + 500,
                        port -> Ports.free("127.0.0.1", port));
    }

    private void startServer(Settings settings, Certificate certificate, State state) {
        for (var listener : Listener.values()) {
            int port = settings.port(listener);
            if (port != 0) {
                Ports.require(settings.listen(), port, listener.key());
            }
        }
        var ports = LoopbackPorts.choose(settings, state.number("port-base"));
        if (!server.created(state)) {
            state.undone("application");
            state.undone("scripts");
            progress.step("Making the server's domain", () -> server.create(state, ports));
        }
        server.configure(settings, ports, certificate);
        state.done("port-base", String.valueOf(ports.base()));
        progress.step("Starting the server", () -> server.start(Scripts.hardening(checkout)));
    }

    private Administrator administrator(Api api, Settings settings) {
        var domain = settings.text("mail.domain", Settings.TEST_DOMAIN);
        var answer = api.post("/setup", Map.of("domain", domain, "administrator", "admin@" + domain));
        return new Administrator(answer.text("administrator"), answer.text("password"));
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
                var answer = new Api(home, settings).ready();
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
