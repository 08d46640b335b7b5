package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Resolution;

/**
 * Who may send to a group is what the group says; of groups in groups only the one that was named is asked. What others send is
 * refused, or waits where the group has moderators.
 */
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
        if (!(question.resolution() instanceof Resolution.Group group) || may(question, group)) {
            return Decision.NONE;
        }
        return group.moderators().isEmpty()
                ? NOT_YOU
                : Decision.pass("group", "waits for a moderator of " + group.address());
    }

    /** Whether a message of his to the group waits for a moderator. */
    public boolean waits(Client client, String reversePath, Resolution.Group group) {
        return !group.moderators().isEmpty() && !may(client.login(), reversePath, group);
    }

    private boolean may(Question.Recipient question, Resolution.Group group) {
        return may(question.client().login(), question.envelope().reversePath(), group);
    }

    private boolean may(@Nullable AccountId login, String reversePath, Resolution.Group group) {
        boolean may = switch (group.whoMaySend()) {
            case ANYBODY -> true;
            case ACCOUNTS -> login != null;
            case MEMBERS -> isMember(login, reversePath, group);
        };
        return may || login != null && group.moderators().stream().anyMatch(moderator -> isHis(login, moderator));
    }

    private boolean isHis(AccountId login, String address) {
        return directory.resolve(address) instanceof Resolution.Local local
                && local.account().equals(login);
    }

    /** A stranger's reverse path is all that is known of him; of our own people nobody is believed who has not logged in. */
    private boolean isMember(@Nullable AccountId login, String reversePath, Resolution.Group group) {
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
