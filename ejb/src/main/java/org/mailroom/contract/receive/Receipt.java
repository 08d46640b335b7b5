package org.mailroom.contract.receive;

import java.util.List;
import org.mailroom.contract.Reason;

/** What became of a message at its final dot. */
public sealed interface Receipt {
    /**
     * It is committed.
     *
     * @param queueId which the 250 tells the client and the trace finds again
     * @param story what was decided on the way, a line each, for those who may know (VERB)
     */
    record Taken(String queueId, List<String> story) implements Receipt {
        public Taken {
            story = List.copyOf(story);
        }
    }

    /** It is not ours. */
    record Refused(Reason reason, String text) implements Receipt {}
}
