package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;

/** The end of the chain: nothing speaks against an address of ours, so it gets its mail. */
@ApplicationScoped
public class LocalRecipient implements RecipientPolicy {
    @Override
    public int order() {
        return 10_000;
    }

    @Override
    public Optional<Verdict> judge(Question question) {
        return switch (question.resolution()) {
            case Resolution.Local _ -> Optional.of(new Verdict.Accept("local"));
            case Resolution.Aliased _ -> Optional.of(new Verdict.Accept("alias"));
            case Resolution.Group _ -> Optional.of(new Verdict.Accept("group"));
            case Resolution.Disabled _, Resolution.Unknown _, Resolution.NotOurs _, Resolution.Relayed _ ->
                Optional.empty();
        };
    }
}
