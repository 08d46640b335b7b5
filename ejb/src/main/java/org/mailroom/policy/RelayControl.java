package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;

/**
 * Who may send to others through us: an account that has logged in, and nobody else, wherever he connects from; only to domains
 * that were declared to be relayed anybody may. The domain behind the last @ decides; what the local part may hint at (percent hack, bang path, quotes) is never looked at.
 */
@ApplicationScoped
public class RelayControl implements RecipientPolicy {
    @Override
    public int order() {
        return 100;
    }

    @Override
    public Optional<Verdict> judge(Question question) {
        if (question.resolution() instanceof Resolution.Relayed) {
            return Optional.of(new Verdict.Accept("relay-domain"));
        }
        if (!(question.resolution() instanceof Resolution.NotOurs)) {
            return Optional.empty();
        }
        return Optional.of(
                question.isSubmission()
                        ? new Verdict.Accept("submission")
                        : new Verdict.Refuse(Reason.RELAY_DENIED, "relay", "Relaying denied"));
    }
}
