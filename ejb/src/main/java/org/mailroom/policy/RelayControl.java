package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Resolution;

/**
 * Who may send to others through us: an account that has logged in, and nobody else, wherever he connects from; only to domains
 * that were declared to be relayed anybody may. The domain behind the last @ decides; what the local part may hint at (percent
 * hack, bang path, quotes) is never looked at.
 */
@ApplicationScoped
public class RelayControl implements Policy {
    private static final Decision DENIED = Decision.refuse(Reason.RELAY_DENIED, "relay", "Relaying denied");

    @Override
    public int order() {
        return 100;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        return question.resolution() instanceof Resolution.NotOurs && !question.isSubmission() ? DENIED : Decision.NONE;
    }
}
