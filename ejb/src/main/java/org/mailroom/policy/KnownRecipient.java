package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;

/** Only those who are there receive mail. Said at RCPT, so that no bounce has to tell it to a forged sender. */
@ApplicationScoped
public class KnownRecipient implements RecipientPolicy {
    @Override
    public int order() {
        return 200;
    }

    @Override
    public Optional<Verdict> judge(Question question) {
        return switch (question.resolution()) {
            case Resolution.Unknown() ->
                Optional.of(new Verdict.Refuse(Reason.NO_SUCH_RECIPIENT, "recipient", "No such recipient here"));
            case Resolution.Disabled _ ->
                Optional.of(
                        new Verdict.Refuse(Reason.RECIPIENT_DISABLED, "recipient", "This recipient takes no mail now"));
            case Resolution.Local _,
                    Resolution.NotOurs _,
                    Resolution.Relayed _,
                    Resolution.Aliased _,
                    Resolution.Group _ -> Optional.empty();
        };
    }
}
