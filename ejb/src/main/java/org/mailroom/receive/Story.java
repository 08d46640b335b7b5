package org.mailroom.receive;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mailroom.policy.Findings;

/** What VERB tells of a message that was taken: what was decided on the way, and who gets it. */
final class Story {
    /** More than anybody reads at a terminal. */
    private static final int MOST = 100;

    private Story() {}

    static List<String> of(Findings findings, Recipients recipients) {
        var story = new ArrayList<>(findings.story());
        var mailbox = findings.isJunk() ? "Junk" : "INBOX";
        recipients.local().values().forEach(addresses -> story.add(addresses.getFirst() + ": put into " + mailbox));
        recipients.remote().forEach(to -> story.add(to.address() + ": queued"));
        for (var copy : recipients.onward()) {
            var by = ", by way of " + copy.by();
            copy.local().values().forEach(addresses -> story.add(addresses.getFirst() + ": put into " + mailbox + by));
            copy.remote().keySet().forEach(to -> story.add(to + ": queued" + by));
        }
        return cut(story);
    }

    private static List<String> cut(List<String> story) {
        int more = story.size() - MOST;
        return more <= 0
                ? story
                : Stream.concat(story.stream().limit(MOST), Stream.of("and " + more + " more, as the trace tells"))
                        .toList();
    }
}
