package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;

/** The end of the chain: a mail exchange takes mail from anybody, and bounces in any case (RFC 5321 §4.5.5). */
@ApplicationScoped
public class AnySender implements Policy {
    private static final Decision OWN_ADDRESS = Decision.accept("own-address");
    private static final Decision NULL_SENDER = Decision.accept("null-sender");
    private static final Decision ANY_SENDER = Decision.accept("any-sender");

    @Override
    public int order() {
        return 10_000;
    }

    @Override
    public Decision sender(Question.Sender question) {
        if (question.isSubmission()) {
            return OWN_ADDRESS;
        }
        return question.envelope().isBounce() ? NULL_SENDER : ANY_SENDER;
    }
}
