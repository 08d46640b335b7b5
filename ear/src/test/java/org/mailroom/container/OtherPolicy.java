package org.mailroom.container;

import jakarta.ejb.Remote;
import jakarta.ejb.Stateless;
import org.mailroom.contract.policy.OutsidePolicy;

/** What somebody else's application thinks of mail. It knows one interface of Mailroom's, of which it has a copy. */
@Stateless
@Remote(OutsidePolicy.class)
public class OtherPolicy implements OutsidePolicy {
    @Override
    public String judge(String question) {
        return question.contains("\"sender\":\"pest@there.test\"")
                ? "{\"action\":\"refuse\",\"text\":\"No pests\",\"detail\":\"a pest\"}"
                : "";
    }
}
