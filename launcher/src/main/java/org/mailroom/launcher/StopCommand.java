package org.mailroom.launcher;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Takes everything down; what was accepted stays. */
@Command(name = "stop", mixinStandardHelpOptions = true, description = "Stops the server, then its database.")
final class StopCommand implements Callable<Integer> {
    @ParentCommand
    private Mailroom mailroom;

    @Override
    public Integer call() {
        var operation = mailroom.operation();
        if (operation.stopped()) {
            System.out.println("Mailroom is not running in " + mailroom.home().directory() + ".");
            return 0;
        }
        operation.stop();
        System.out.println("Mailroom is stopped.");
        return 0;
    }
}
