package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Expansion;
import org.mailroom.directory.Resolution;

/** An address that stands for others has somebody behind it. Said at RCPT, where the sender's host can still tell him. */
@ApplicationScoped
public class LeadsSomewhere implements Policy {
    private static final Decision NOWHERE =
            Decision.refuse(Reason.NO_SUCH_RECIPIENT, "recipient", "Nobody is behind this address");
    private static final Decision TOO_MANY =
            Decision.refuse(Reason.POLICY, "recipient", "More are behind this address than one message may have");

    private static final Decision UNSEEN = Decision.defer(
            Reason.UNAVAILABLE, "recipient", "It cannot be said now who is behind this address; try again later");

    @Inject
    private Directory directory;

    @Override
    public int order() {
        return 210;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        return switch (question.resolution()) {
            case Resolution.Local local -> local.forward() == null ? Decision.NONE : judge(question);
            case Resolution.Aliased _, Resolution.Group _ -> judge(question);
            case Resolution.Disabled _,
                    Resolution.Unknown _,
                    Resolution.Unseen _,
                    Resolution.NotOurs _,
                    Resolution.Relayed _ -> Decision.NONE;
        };
    }

    private Decision judge(Question.Recipient question) {
        var expansion = directory.whereTo(question.recipient().address());
        if (expansion.steps().anyMatch(step -> step.end() == Expansion.End.TOO_MANY)) {
            return TOO_MANY;
        }
        if (expansion.meetsUnseen()) {
            return UNSEEN;
        }
        return expansion.arrives() ? Decision.NONE : NOWHERE;
    }
}
