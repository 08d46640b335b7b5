package org.mailroom.contract.receive;

import org.mailroom.contract.Reason;

/** What the house thinks of a sender or a recipient: it takes it, or names its reason. */
public sealed interface Verdict {
    /** @param rule the policy that decided, as the trace and VERB name it */
    record Accept(String rule) implements Verdict {}

    /**
     * For good (5xx).
     *
     * @param text one line for people, without reply code
     */
    record Refuse(Reason reason, String rule, String text) implements Verdict {}

    /** For now (4xx). */
    record Defer(Reason reason, String rule, String text) implements Verdict {}
}
