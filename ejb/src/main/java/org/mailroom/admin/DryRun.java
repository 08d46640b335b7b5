package org.mailroom.admin;

import java.time.Instant;
import java.util.List;

/**
 * What a rule would have done to the mail of the last days.
 *
 * @param messages how many were looked at
 * @param matched how many it would have caught
 * @param undecided of how many the trace does not know enough
 * @param unanswered the conditions that the trace does not answer
 * @param caught the newest of those that it would have caught
 */
public record DryRun(long messages, long matched, long undecided, List<String> unanswered, List<Caught> caught) {
    public DryRun {
        unanswered = List.copyOf(unanswered);
        caught = List.copyOf(caught);
    }

    /** One of them. */
    public record Caught(Instant at, String queueId, String sender, List<String> recipients) {
        public Caught {
            recipients = List.copyOf(recipients);
        }
    }
}
