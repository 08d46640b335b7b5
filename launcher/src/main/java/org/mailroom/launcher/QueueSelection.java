package org.mailroom.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which part of the queue is meant: entries by their numbers, or what the options say. */
final class QueueSelection {
    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Entries, as list shows them; otherwise the options count.")
    private @Nullable List<Long> ids;

    @Option(names = "--filter", defaultValue = "", description = "A queue id, or a part of an address.")
    private String filter = "";

    @Option(names = "--state", defaultValue = "", description = "waiting, sending, held or poison.")
    private String state = "";

    @Option(names = "--domain", defaultValue = "", description = "Of recipients; *.example.org: those below it.")
    private String domain = "";

    @Option(names = "--sender", defaultValue = "", description = "A part of the sender's address.")
    private String sender = "";

    @Option(names = "--recipient", defaultValue = "", description = "A part of a recipient's address.")
    private String recipient = "";

    @Option(names = "--reply", defaultValue = "", description = "A part of the last reply.")
    private String reply = "";

    @Option(names = "--older-than", defaultValue = "", description = "Such as 90m, 4h or 2d.")
    private String olderThan = "";

    List<Long> ids() {
        return ids == null ? List.of() : ids;
    }

    /** As the server calls them; those that say nothing are left out. */
    Map<String, String> filters() {
        var filters = new LinkedHashMap<>(Map.of(
                "filter",
                filter,
                "state",
                state,
                "domain",
                domain,
                "sender",
                sender,
                "recipient",
                recipient,
                "reply",
                reply,
                "olderThan",
                olderThan));
        filters.values().removeIf(String::isBlank);
        return filters;
    }

    /** For the path of a list: empty, or what follows the question mark. */
    String query() {
        return filters().entrySet().stream()
                .map(each -> each.getKey() + "=" + Api.segment(each.getValue()))
                .collect(Collectors.joining("&"));
    }
}
