package org.mailroom.receive;

import java.util.List;
import org.mailroom.contract.MailException;
import org.mailroom.policy.Decision;

/** A policy will not have the message: the answer to the client, with what the trace is told besides. */
final class Unwanted extends Exception {
    private static final long serialVersionUID = 1L;

    private final String queueId;
    private final transient Decision decision;
    private final transient List<String> story;
    private final String about;

    /** @param about what the message is, for the trace */
    Unwanted(String queueId, Decision decision, List<String> story, String about) {
        // Never seen outside; the answer is thrown in its place.
        super(decision.detail(), null, false, false);
        this.queueId = queueId;
        this.decision = decision;
        this.story = story;
        this.about = about;
    }

    String queueId() {
        return queueId;
    }

    Decision decision() {
        return decision;
    }

    String about() {
        return about;
    }

    MailException answer() {
        return new MailException(decision.reason(), decision.text(), story);
    }
}
