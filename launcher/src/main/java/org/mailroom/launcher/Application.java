package org.mailroom.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Mailroom's EAR in the server: deployed if it differs from what is there, and ready when it says so itself. */
final class Application {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** Reading the log is dearer than asking. */
    private static final int LOOK_INTO_LOG = 10;

    private final Server server;
    private final State state;
    private final Path ear;

    Application(Server server, State state, Path ear) {
        this.server = server;
        this.state = state;
        this.ear = ear;
    }

    /** Whether the server has the very one that was built last. */
    boolean current() {
        return state.is("application", State.digest(ear));
    }

    /** Whether the server has any, current or not. */
    boolean present() {
        return state.is("present", "true");
    }

    void deploy() {
        if (Files.notExists(ear)) {
            throw new Trouble("there is no " + ear + ". Build it: mvn package -DskipTests");
        }
        state.undone("application");
        state.done("present", "true");
        var result = server.asadmin("deploy", "--force=true", "--enabled=true", "--name", "mailroom", ear.toString())
                .within(Duration.ofMinutes(5))
                .run();
        if (!result.ok()) {
            throw new Trouble(Refusal.in(server.log())
                    .map(Refusal::text)
                    .orElseGet(() -> "Mailroom could not be deployed; the server's log is " + server.log() + ":\n"
                            + result.tail()));
        }
        state.done("application", State.digest(ear));
    }

    /** Ready or not: whether it is up at all. */
    boolean answers(Api api, Duration patience) {
        var end = Instant.now().plus(patience);
        do {
            try {
                int status = api.ready().statusCode();
                if (status == 200 || status == 503) {
                    return true;
                }
            } catch (IOException e) {
                // Not yet.
            }
            pause();
        } while (Instant.now().isBefore(end));
        return false;
    }

    void awaitReady(Api api) {
        var end = Instant.now().plus(PATIENCE);
        var last = "no answer";
        int polls = 0;
        while (Instant.now().isBefore(end)) {
            if (server.process().isEmpty()) {
                throw new Trouble(
                        "the server ended while it was starting; the reason should be near the end of " + server.log());
            }
            try {
                var answer = api.ready();
                if (answer.statusCode() == 200) {
                    return;
                }
                last = answer.statusCode() + " " + answer.body();
                if (polls++ % LOOK_INTO_LOG == LOOK_INTO_LOG - 1) {
                    Refusal.in(server.log()).ifPresent(problem -> {
                        throw new Trouble(Refusal.text(problem));
                    });
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            pause();
        }
        throw new Trouble("Mailroom was not ready within " + PATIENCE.toMinutes() + " minutes (last: " + shortened(last)
                + "). The reason should be near the end of " + server.log());
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() > 300 ? line.substring(0, 300) + "…" : line;
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted", e);
        }
    }
}
