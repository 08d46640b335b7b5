package org.mailroom.launcher;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Who may administer what. */
@Command(name = "admin", mixinStandardHelpOptions = true, description = "Administrators and roles.")
final class AdminCommand {
    private static final String ROLES = "administrator, domain-administrator, help-desk or auditor.";

    @ParentCommand
    private Mailroom mailroom;

    @Command(
            name = "reset-password",
            mixinStandardHelpOptions = true,
            description = "Gives the administrator a new password and shows it.")
    void resetPassword(@Option(names = "--json", description = "For programs.") boolean json) {
        var answer = mailroom.api().post("/administrator/password", Map.of());
        if (json) {
            System.out.println(answer.object());
            return;
        }
        System.out.println("Administrator " + answer.text("administrator"));
        System.out.println("Password: " + answer.text("password") + "    (shown this once)");
    }

    @Command(mixinStandardHelpOptions = true, description = "Gives an account a role.")
    void grant(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "ROLE", description = ROLES) String role,
            @Option(names = "--domain", defaultValue = "", description = "Which one a domain-administrator gets.")
                    String domain) {
        mailroom.api().put(path(address, role, domain), Map.of());
        System.out.println(address + " is " + role + (domain.isEmpty() ? "." : " of " + domain + "."));
    }

    @Command(mixinStandardHelpOptions = true, description = "Takes a role from an account.")
    void revoke(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "ROLE", description = ROLES) String role,
            @Option(names = "--domain", defaultValue = "", description = "From which one a domain-administrator goes.")
                    String domain) {
        mailroom.api().delete(path(address, role, domain));
        System.out.println(address + " is " + role + " no longer.");
    }

    private static String path(String address, String role, String domain) {
        return "/administrators/" + Api.segment(address) + "/" + Api.segment(role)
                + (domain.isEmpty() ? "" : "?domain=" + Api.segment(domain));
    }

    @Command(mixinStandardHelpOptions = true, description = "Who has which role.")
    void list() {
        Table.print(mailroom.api().all("/administrators"), List.of("address", "role", "domain"), System.out);
    }
}
