package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import org.mailroom.directory.Resolution;

/** The end of the chain: nothing speaks against a recipient, so he gets his mail, for the reason that is named. */
@ApplicationScoped
public class AnyRecipient implements Policy {
    private static final Decision LOCAL = Decision.accept("local");
    private static final Decision ALIAS = Decision.accept("alias");
    private static final Decision GROUP = Decision.accept("group");
    private static final Decision RELAY_DOMAIN = Decision.accept("relay-domain");
    private static final Decision SUBMISSION = Decision.accept("submission");

    @Override
    public int order() {
        return 10_000;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        return switch (question.resolution()) {
            case Resolution.Local _ -> LOCAL;
            case Resolution.Aliased _ -> ALIAS;
            case Resolution.Group _ -> GROUP;
            case Resolution.Relayed _ -> RELAY_DOMAIN;
            case Resolution.NotOurs _ -> question.isSubmission() ? SUBMISSION : Decision.NONE;
            case Resolution.Disabled _, Resolution.Unknown _, Resolution.Unseen _ -> Decision.NONE;
        };
    }
}
