package org.mailroom.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stands here for the help text: the script runs the tests itself, before there is a launcher to ask. */
@Command(name = "test", mixinStandardHelpOptions = true, description = "Runs every test.")
final class TestCommand implements Runnable {
    @Option(names = "--long", description = "And the campaigns, which take hours.")
    private boolean campaigns;

    @Override
    public void run() {
        throw new Trouble("tests are run by the script: ./mailroom test" + (campaigns ? " --long" : ""));
    }
}
