package org.mailroom.launcher;

import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What clients are shown by TLS. */
@Command(
        name = "certificate",
        mixinStandardHelpOptions = true,
        description = "What mail clients are shown by TLS, and how it is replaced.")
final class CertificateCommand {
    @ParentCommand
    private Mailroom mailroom;

    @Command(mixinStandardHelpOptions = true, description = "Shakes hands with every port and tells what it shows.")
    void list() {
        Table.print(
                mailroom.api().all("/certificates"),
                List.of("listener", "port", "protocol", "subject", "until", "distrust", "trouble"),
                System.out);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Checks certificate, chain and key, and has the mail ports show them from now on.")
    void install(
            @Parameters(paramLabel = "CHAIN.pem", description = "The certificate and those that lead to its authority.")
                    Path chain,
            @Parameters(
                            paramLabel = "KEY.pem",
                            arity = "0..1",
                            description = "The private key, if it is not in the same file.")
                    @Nullable
                    Path key,
            @Option(names = "--dry-run", description = "Only checks them.") boolean dryRun) {
        var body = Json.createObjectBuilder().add("chain", read(chain));
        if (key != null) {
            body.add("privateKey", read(key));
        }
        var shown = mailroom.api()
                .patient("PUT", "/certificates?dryRun=" + dryRun, body.build())
                .object();
        System.out.println((dryRun ? "Would be shown: " : "Is shown from now on: ")
                + shown.getJsonArray("names").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .map(Table::printable)
                        .collect(Collectors.joining(", "))
                + ", until " + shown.getString("until") + ".");
        if (!shown.getBoolean("covers")) {
            System.out.println("It is not for " + shown.getString("hostname")
                    + ", the name of the server: mail programs that connect to that name will complain.");
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Orders a certificate from an authority (ACME), tells each step, and has all servers show it. It is"
                            + " renewed by itself.")
    void order(
            @Option(
                            names = "--directory",
                            paramLabel = "URL",
                            description = "The authority, as https://acme-v02.api.letsencrypt.org/directory; is kept.")
                    @Nullable
                    String directory,
            @Option(names = "--contact", paramLabel = "ADDRESS", description = "Where the authority writes to.")
                    @Nullable
                    String contact,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            description = "What it is for, several times if need be; otherwise the server's name.")
                    @Nullable
                    List<String> names,
            @Option(names = "--agree", description = "To the authority's terms of service; which, is told without.")
                    boolean agreed) {
        var order = new CertificateOrder(mailroom.api());
        if (directory != null) {
            order.setUp(directory, contact, names == null ? List.of() : names, agreed);
        } else if (contact != null || names != null || agreed) {
            throw new Trouble("--contact, --name and --agree belong to --directory");
        }
        order.run();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "How certificates are ordered from an authority, and how that went.")
    void acme(@Option(names = "--off", description = "Orders nothing any more.") boolean off) {
        var order = new CertificateOrder(mailroom.api());
        if (off) {
            order.off();
        } else {
            order.show();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Trouble("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
