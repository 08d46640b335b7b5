package org.mailroom.launcher;

import java.util.concurrent.atomic.AtomicBoolean;

/** A run that stays: shows the server's log and, when interrupted, leaves nothing running. */
final class Foreground {
    private final Operation operation;
    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicBoolean responsible = new AtomicBoolean();

    Foreground(Operation operation) {
        this.operation = operation;
    }

    /** From now on, an interrupt (Ctrl-C), TERM or a failed start stops what this command has started. */
    void arm() {
        responsible.set(operation.stopped());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            interrupted.set(true);
            if (responsible.get() && !operation.stopped()) {
                System.err.println();
                operation.stopHeld();
            }
        }));
    }

    /** @return the exit code: an ending that nobody asked for is a failure */
    int follow() {
        responsible.set(true);
        var log = new LogFollower(operation.server().log(), System.out);
        System.out.println("Following the server's log; Ctrl-C stops everything.");
        while (operation.server().process().isPresent()) {
            log.copyNews();
            try {
                Thread.sleep(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 1;
            }
        }
        log.copyNews();
        if (!interrupted.get()) {
            System.err.println("mailroom: the server has ended; its log is "
                    + operation.server().log());
        }
        return 1;
    }
}
