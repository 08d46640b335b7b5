package org.mailroom.web.trace;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

/** How a step of the trace looks. */
@Named
@ApplicationScoped
public class Steps {
    /** Good, bad or neither: the mark beside a step; the words beside it say the same. */
    public String tone(String step) {
        return switch (step) {
            case "delivered", "relayed" -> "good";
            case "refused", "failed", "bounced", "poison" -> "bad";
            case "deferred" -> "slow";
            default -> "plain";
        };
    }
}
