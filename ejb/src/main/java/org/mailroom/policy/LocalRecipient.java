package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;

/** The end of the chain: nothing speaks against an account of ours, so it gets its mail. */
@ApplicationScoped
public class LocalRecipient implements RecipientPolicy {
    @Override
    public int order() {
        return 10_000;
    }

    @Override
    public Optional<Verdict> judge(Question question) {
        return question.resolution() instanceof Resolution.Local
                ? Optional.of(new Verdict.Accept("local"))
                : Optional.empty();
    }
}
