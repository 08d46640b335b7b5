package org.mailroom.launcher;

import java.time.Duration;
import java.util.Map;

/** The way up: each step is done as far as it is not done already, so that a second run changes nothing that is right. */
final class Startup {
    private final Checkout checkout;
    private final Home home;
    private final Progress progress;
    private final Server server;
    private final EmbeddedDatabase embedded;
    private final Settings settings;
    private final State state;

    Startup(
            Checkout checkout,
            Home home,
            Progress progress,
            Server server,
            EmbeddedDatabase embedded,
            Settings settings) {
        this.checkout = checkout;
        this.home = home;
        this.progress = progress;
        this.server = server;
        this.embedded = embedded;
        this.settings = settings;
        this.state = new State(home);
    }

    /** The administrator's address and, the first time only, the password. */
    record Administrator(String address, String password) {}

    Administrator run(Certificate certificate) {
        var meaning = Secrets.sha256(settings.meaning() + State.digest(Scripts.hardening(checkout)));
        if (server.process().isPresent() && !state.is("settings", meaning)) {
            progress.step("Stopping the server, because settings changed", server::stop);
        }
        if (server.process().isEmpty()) {
            requirePorts();
        }
        var database = startDatabase();
        boolean wasUp = server.process().isPresent();
        if (!wasUp) {
            startServer(certificate);
            state.done("settings", meaning);
        }
        var api = Api.of(home, settings);
        var application = new Application(server, state, checkout.application());
        boolean restarted = applyScripts(database, application, certificate);
        if (!application.current()) {
            deploy(application, certificate);
        } else if (wasUp && !restarted && !application.answers(api, Duration.ofSeconds(20))) {
            restart("Stopping the server, because Mailroom does not answer", certificate);
        }
        progress.step("Waiting until it is ready", () -> application.awaitReady(api));
        return administrator(api);
    }

    private void requirePorts() {
        for (var listener : Listener.values()) {
            int port = settings.port(listener);
            if (port != 0) {
                Ports.require(settings.listen(), port, listener.key());
            }
        }
    }

    private Database startDatabase() {
        if (!Database.embedded(settings)) {
            return Database.of(settings);
        }
        var running = embedded.running();
        if (running.isPresent()) {
            return embedded.database(running.get().port());
        }
        int port = databasePort();
        progress.step("Starting the database", () -> embedded.start(port));
        state.done("database-port", String.valueOf(port));
        return embedded.database(port);
    }

    private int databasePort() {
        int first = EmbeddedDatabase.DEFAULT_PORT;
        if (settings.decided("mail.database.port")) {
            int port = settings.number("mail.database.port", first);
            Ports.require("127.0.0.1", port, "mail.database.port");
            return port;
        }
        int last = state.number("database-port");
        return last != 0 && Ports.free("127.0.0.1", last)
                ? last
                : Ports.choose(first, 1, first + 500, port -> Ports.free("127.0.0.1", port));
    }

    private void startServer(Certificate certificate) {
        var ports = LoopbackPorts.choose(settings, state.number("port-base"));
        if (!server.created(state)) {
            state.undone("application");
            state.undone("present");
            state.undone("scripts");
            progress.step("Making the server's domain", () -> server.create(state, ports));
        }
        server.configure(settings, ports, certificate);
        if (!new Application(server, state, checkout.application()).current()) {
            state.undone("application");
            server.putToSleep();
        }
        state.done("port-base", String.valueOf(ports.base()));
        progress.step("Starting the server", () -> server.start(Scripts.hardening(checkout)));
    }

    /** An application that has started with other resources, or failed to for want of them, needs a new start. */
    private boolean applyScripts(Database database, Application application, Certificate certificate) {
        var broker = server.broker(settings, new LoopbackPorts(state.number("port-base")));
        var scripts = new Scripts(checkout, home, server, database, broker, settings);
        if (state.is("scripts", scripts.digest())) {
            return false;
        }
        progress.step("Setting up database pool and messaging (resources/asadmin)", scripts::run);
        state.done("scripts", scripts.digest());
        if (application.present()) {
            restart("Stopping the server, because its resources changed", certificate);
        }
        return application.present();
    }

    /** The server sometimes keeps half of an application that failed before; from a fresh start, the same one is taken. */
    private void deploy(Application application, Certificate certificate) {
        boolean replaces = application.present();
        try {
            progress.step("Deploying Mailroom", application::deploy);
        } catch (Trouble refused) {
            if (!replaces) {
                throw refused;
            }
            restart("Stopping the server, because it did not take the new one", certificate);
            progress.step("Deploying Mailroom", application::deploy);
        }
    }

    private void restart(String why, Certificate certificate) {
        progress.step(why, server::stop);
        startServer(certificate);
    }

    private Administrator administrator(Api api) {
        var domain = settings.text("mail.domain", Settings.TEST_DOMAIN);
        var answer = api.post("/setup", Map.of("domain", domain, "administrator", "admin@" + domain));
        return new Administrator(answer.text("administrator"), answer.text("password"));
    }
}
