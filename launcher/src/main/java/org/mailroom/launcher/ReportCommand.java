package org.mailroom.launcher;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** What stands in the reports on DMARC and TLS (RFC 9990, RFC 8460): those that others send us, and ours to them. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "DMARC and TLS: what others report on our domains, and what they are told of theirs.")
final class ReportCommand {
    @ParentCommand
    private Mailroom mailroom;

    /** What narrows a list. */
    static final class Selection {
        @Option(names = "--domain", paramLabel = "DOMAIN", description = "Only what is about this domain.")
        @Nullable
        private String domain;

        @Option(
                names = "--days",
                paramLabel = "N",
                defaultValue = "7",
                description = "How far back, today included; ${DEFAULT-VALUE} by default.")
        private int days;

        private String query() {
            return "days=" + days + (domain == null ? "" : "&domain=" + Api.segment(domain));
        }
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Reports that came on our domains, the newest first; with those that could not be read, and why.")
    void received(@Mixin Selection selection) {
        print(
                "/reports/received",
                selection,
                List.of("received", "queueId", "kind", "domain", "reporter", "passed", "failed", "trouble"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "What stands in them: by day and address, how many messages or connections went how.")
    void lines(@Mixin Selection selection) {
        print(
                "/reports/received/lines",
                selection,
                List.of(
                        "day",
                        "kind",
                        "domain",
                        "reporter",
                        "source",
                        "name",
                        "count",
                        "result",
                        "dkim",
                        "spf",
                        "detail"));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "How our connections to other domains went, which is what those are told.")
    void tls(@Mixin Selection selection) {
        print("/tls-counts", selection, List.of("day", "domain", "policy", "host", "trouble", "sessions", "reported"));
    }

    private void print(String path, Selection selection, List<String> columns) {
        Table.print(mailroom.api().all(path, selection.query()), columns, System.out);
    }
}
