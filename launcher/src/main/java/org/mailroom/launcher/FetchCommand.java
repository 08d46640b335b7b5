package org.mailroom.launcher;

import picocli.CommandLine.Command;

/** Has server and database unpacked and says where the server is, for tests that start one of their own. */
@Command(
        name = "fetch",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Fetches the application server and prints its directory.")
final class FetchCommand implements Runnable {
    @Override
    public void run() {
        var parts = new Parts(Checkout.here(), Versions.load());
        parts.fetch(new Progress());
        System.out.println(parts.payara());
    }
}
