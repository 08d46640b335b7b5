package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Resolution;

/** Only those who are there receive mail. Said at RCPT, so that no bounce has to tell it to a forged sender. */
@ApplicationScoped
public class KnownRecipient implements Policy {
    private static final Decision UNKNOWN =
            Decision.refuse(Reason.NO_SUCH_RECIPIENT, "recipient", "No such recipient here");
    private static final Decision DISABLED =
            Decision.refuse(Reason.RECIPIENT_DISABLED, "recipient", "This recipient takes no mail now");

    private static final Decision UNSEEN = Decision.defer(
            Reason.UNAVAILABLE,
            "recipient",
            "It cannot be said now whether there is such a recipient; try again later");

    @Override
    public int order() {
        return 200;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        return switch (question.resolution()) {
            case Resolution.Unknown() -> UNKNOWN;
            case Resolution.Disabled _ -> DISABLED;
            case Resolution.Unseen _ -> UNSEEN;
            case Resolution.Local _,
                    Resolution.NotOurs _,
                    Resolution.Relayed _,
                    Resolution.Aliased _,
                    Resolution.Group _ -> Decision.NONE;
        };
    }
}
