package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.mailroom.contract.AccountId;
import org.mailroom.contract.Reason;
import org.mailroom.directory.Directory;
import org.mailroom.directory.Party;
import org.mailroom.directory.Resolution;
import org.mailroom.directory.SendWay;

/**
 * Who writes in the name of a shared mailbox must be one of those who may; and who may on its behalf only, names himself in the
 * Sender field (RFC 5322 §3.6.2), which is added where it is missing.
 */
@ApplicationScoped
public class SharedSender implements Policy {
    private static final String RULE = "shared-sender";

    @Inject
    private Directory directory;

    @Override
    public int order() {
        return 110;
    }

    @Override
    public Decision content(Question.Content question) {
        var login = question.client().login();
        var from = question.parsed().from();
        if (login == null || from == null || !(directory.resolve(from) instanceof Resolution.Local local)) {
            return Decision.NONE;
        }
        var box = local.account();
        if (login.equals(box) || !directory.party(box).map(Party::shared).orElse(false)) {
            return Decision.NONE;
        }
        var way = directory.sendWay(login, box);
        if (way.isEmpty()) {
            return Decision.refuse(
                    Reason.SENDER_NOT_ALLOWED, RULE, "This login may not send in the name of " + local.address());
        }
        return way.get() == SendWay.AS ? Decision.NONE : onBehalf(question, login);
    }

    private Decision onBehalf(Question.Content question, AccountId login) {
        var own = directory.address(login).orElse("");
        var removed = Decision.pass(RULE, "on behalf").remove(Edits.Removal.of("Sender"));
        return removed.add("Sender: " + own + "\r\n");
    }
}
