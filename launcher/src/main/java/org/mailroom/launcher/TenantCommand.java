package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Domains that share what they may use. */
@Command(
        name = "tenant",
        mixinStandardHelpOptions = true,
        description = "Domains of one customer, which share what they may use; see limit.")
final class TenantCommand {
    private static final String PATH = "/tenants";

    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Makes a tenant of these domains, or gives it these now.")
    void set(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "DOMAIN", arity = "0..*") List<String> domains) {
        var wanted = domains == null ? List.<String>of() : domains;
        mailroom.api().put(PATH + "/" + Api.segment(name), Map.of("domains", wanted));
        System.out.println("Tenant " + name + " has " + wanted.size() + " domains.");
    }

    @Command(mixinStandardHelpOptions = true, description = "All tenants.")
    void list() {
        Table.print(mailroom.api().all(PATH), List.of("name", "domains"), System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "Removes a tenant; its domains stay.")
    void remove(@Parameters(paramLabel = "NAME") String name) {
        mailroom.api().delete(PATH + "/" + Api.segment(name));
        System.out.println("Tenant " + name + " removed.");
    }
}
