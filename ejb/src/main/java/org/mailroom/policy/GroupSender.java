package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Resolution;

/** Who may send to a group is what the group says; of groups in groups only the one that was named is asked. */
@ApplicationScoped
public class GroupSender implements Policy {
    private static final Decision NOT_YOU = Decision.refuse(Reason.POLICY, "group", "You may not send to this group");

    @Inject
    private Directory directory;

    @Override
    public int order() {
        return 250;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        if (!(question.resolution() instanceof Resolution.Group group)) {
            return Decision.NONE;
        }
        boolean may = switch (group.whoMaySend()) {
            case ANYBODY -> true;
            case ACCOUNTS -> question.isSubmission();
            case MEMBERS -> isMember(question, group);
        };
        return may ? Decision.NONE : NOT_YOU;
    }

    /** A stranger's reverse path is all that is known of him; of our own people nobody is believed who has not logged in. */
    private boolean isMember(Question.Recipient question, Resolution.Group group) {
        var login = question.client().login();
        var reversePath = question.envelope().reversePath();
        return directory.whereTo(group.address()).steps().anyMatch(step -> switch (step.resolution()) {
            case Resolution.Local local -> local.account().equals(login);
            case Resolution.NotOurs _, Resolution.Relayed _ ->
                login == null && step.address().equalsIgnoreCase(reversePath);
            case Resolution.Aliased _,
                    Resolution.Group _,
                    Resolution.Disabled _,
                    Resolution.Unknown _,
                    Resolution.Unseen _ -> false;
        });
    }
}
