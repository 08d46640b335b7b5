package org.mailroom.launcher;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Directories of others in which accounts of our domains live. */
@Command(
        name = "directory",
        mixinStandardHelpOptions = true,
        description = "LDAP and Active Directory: where accounts of a domain live, if not here.")
final class DirectoryCommand {
    private static final String PATH = "/directories";

    @ParentCommand
    private Mailroom mailroom;

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Adds a directory, or changes what is named of the one that is there.",
                "Its people have accounts from their first mail or login on."
            })
    void set(
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--domain",
                            paramLabel = "DOMAIN",
                            description = "Of ours, whose accounts live there; all of them.")
                    @Nullable
                    List<String> domains,
            @Option(
                            names = "--server",
                            paramLabel = "ldap[s]://HOST[:PORT]",
                            description = "Several are tried in their order; all of them.")
                    @Nullable
                    List<String> servers,
            @Option(names = "--start-tls", arity = "1", description = "Whether ldap:// needs TLS (default: true).")
                    @Nullable
                    Boolean startTls,
            @Option(names = "--trust", paramLabel = "FILE", description = "Certificates to trust, in PEM.") @Nullable
                    Path trust,
            @Option(names = "--bind", paramLabel = "DN", description = "Who searches; the password is read from stdin.")
                    @Nullable
                    String bind,
            @Option(names = "--base", paramLabel = "DN", description = "Below which everybody is.") @Nullable
                    String base,
            @Option(names = "--preset", description = "openldap or active-directory.") @Nullable String preset,
            @Option(
                            names = "--map",
                            paramLabel = "WHAT=ATTRIBUTE",
                            description = "A line of the mapping, such as login=mail or role.administrator=GROUP.")
                    @Nullable
                    List<String> lines,
            @Option(
                            names = "--adopt",
                            arity = "1",
                            description = "Whether accounts that were made here become the directory's.")
                    @Nullable
                    Boolean adopts,
            @Option(names = "--sync", paramLabel = "MINUTES", description = "Between comparisons; 0: by hand only.")
                    @Nullable
                    Integer syncMinutes,
            @Option(
                            names = "--removal-limit",
                            paramLabel = "PERCENT",
                            description = "If more are gone, nothing is changed (default: 10).")
                    @Nullable
                    Integer removalLimit,
            @Option(names = "--enabled", arity = "1", description = "Whether it is asked at all.") @Nullable
                    Boolean enabled) {
        var wish = new HashMap<String, Object>(Map.of("name", name));
        put(wish, "domains", domains);
        put(wish, "servers", servers);
        put(wish, "startTls", startTls);
        put(wish, "trust", trust == null ? null : read(trust));
        put(wish, "bind", bind);
        put(wish, "base", base);
        put(wish, "preset", preset);
        put(wish, "lines", lines);
        put(wish, "adopts", adopts);
        put(wish, "syncMinutes", syncMinutes);
        put(wish, "removalLimit", removalLimit);
        put(wish, "enabled", enabled);
        if (bind != null && !bind.isEmpty()) {
            wish.put("password", StandardInput.password());
        }
        var answer = mailroom.api().post(PATH, wish);
        System.out.println("Directory " + name + (answer.created() ? " added" : " changed")
                + "; try it: mailroom directory test " + name);
    }

    private static void put(Map<String, Object> wish, String field, @Nullable Object value) {
        if (value != null) {
            wish.put(field, value);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Command(mixinStandardHelpOptions = true, description = "All directories; passwords are not shown.")
    void list() {
        Table.print(
                mailroom.api().all(PATH),
                List.of("name", "domains", "servers", "base", "accounts", "silent", "enabled"),
                System.out);
    }

    @Command(mixinStandardHelpOptions = true, description = "How entries of a directory are read.")
    void mapping(@Parameters(paramLabel = "NAME") String name) {
        mailroom.api().all(PATH).stream()
                .filter(directory -> directory.getString("name").equals(name))
                .flatMap(directory -> directory.getString("mapping").lines())
                .forEach(line -> System.out.println(Table.printable(line)));
    }

    @Command(mixinStandardHelpOptions = true, description = "Tries it step by step, and shows some of its people.")
    void test(@Parameters(paramLabel = "NAME") String name) {
        var answer = mailroom.api().post(PATH + "/" + Api.segment(name) + "/test", Map.of());
        if (!(answer.body() instanceof JsonArray steps)) {
            return;
        }
        for (var step : steps.getValuesAs(JsonObject.class)) {
            System.out.println(
                    (step.getBoolean("good") ? "ok    " : "FAILS ") + Table.printable(step.getString("server")) + " "
                            + step.getString("step") + ": " + Table.printable(step.getString("text")));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Compares all of it with our accounts, and makes them as it says.")
    void sync(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--dry-run", description = "Says what would be done, and does nothing.") boolean dryRun) {
        var run = mailroom.api()
                .post(PATH + "/" + Api.segment(name) + "/syncs", Map.of("dryRun", dryRun))
                .object();
        run.getJsonArray("report")
                .getValuesAs(JsonString.class)
                .forEach(line -> System.out.println("  " + Table.printable(line.getString())));
        System.out.println(
                (dryRun ? "It would be " : "It is ") + run.getString("outcome") + ": " + run.getInt("appeared")
                        + " new, " + run.getInt("changed") + " changed, " + run.getInt("removed") + " gone.");
    }

    @Command(mixinStandardHelpOptions = true, description = "What became of the last comparisons.")
    void syncs(@Parameters(paramLabel = "NAME") String name) {
        Table.print(
                mailroom.api().all(PATH + "/" + Api.segment(name) + "/syncs"),
                List.of("began", "dryRun", "outcome", "appeared", "changed", "removed"),
                System.out);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Removes a directory; its accounts stay, and need a password of their own to log in.")
    void remove(@Parameters(paramLabel = "NAME") String name) {
        mailroom.api().delete(PATH + "/" + Api.segment(name));
        System.out.println("The directory " + name + " is removed; its accounts stay.");
    }
}
