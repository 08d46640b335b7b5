package org.mailroom.contract.receive;

import java.util.List;
import org.mailroom.contract.Reason;

/** What the house thinks of a sender or a recipient: it takes it, or names its reason. */
public sealed interface Verdict {
    /**
     * @param rule the policy that decided, as the trace and VERB name it
     * @param story what others thought of it, a line each, for those who may know (VERB)
     */
    record Accept(String rule, List<String> story) implements Verdict {
        public Accept {
            story = List.copyOf(story);
        }

        public Accept(String rule) {
            this(rule, List.of());
        }
    }

    /** Not taken. */
    sealed interface No extends Verdict {
        Reason reason();

        /** The policy that decided. */
        String rule();

        /** One line for people, without reply code. */
        String text();
    }

    /**
     * For good (5xx).
     *
     * @param text one line for people, without reply code
     * @param story what others thought of it before
     */
    record Refuse(Reason reason, String rule, String text, List<String> story) implements No {
        public Refuse {
            story = List.copyOf(story);
        }

        public Refuse(Reason reason, String rule, String text) {
            this(reason, rule, text, List.of());
        }
    }

    /** For now (4xx). */
    record Defer(Reason reason, String rule, String text, List<String> story) implements No {
        public Defer {
            story = List.copyOf(story);
        }

        public Defer(Reason reason, String rule, String text) {
            this(reason, rule, text, List.of());
        }
    }
}
