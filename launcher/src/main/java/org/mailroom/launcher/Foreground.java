package org.mailroom.launcher;

import java.util.concurrent.atomic.AtomicBoolean;

/** A run that stays: shows the server's log and, when interrupted, leaves nothing running. */
final class Foreground {
    private final Operation operation;
    private static final AtomicBoolean INTERRUPTED = new AtomicBoolean();

    private final AtomicBoolean responsible = new AtomicBoolean();

    Foreground(Operation operation) {
        this.operation = operation;
    }

    /** From now on, an interrupt (Ctrl-C), TERM or a failed start stops what this command has started. */
    void arm() {
        responsible.set(operation.stopped());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            INTERRUPTED.set(true);
            if (responsible.get()) {
                Tool.abandonAll();
                stop();
            }
        }));
    }

    private void stop() {
        try {
            if (!operation.stopped()) {
                System.err.println();
                operation.stopHeld();
            }
        } catch (Trouble trouble) {
            System.err.println("mailroom: " + trouble.getMessage());
        }
    }

    /** Whether what fails now fails because everything is being taken down. */
    static boolean interrupted() {
        return INTERRUPTED.get();
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
        if (!INTERRUPTED.get()) {
            System.err.println("mailroom: the server has ended; its log is "
                    + operation.server().log());
        }
        return 1;
    }
}
