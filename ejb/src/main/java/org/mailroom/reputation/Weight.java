package org.mailroom.reputation;

import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;

/** What a finding against a client leads to. */
enum Weight {
    /** Nobody looks. */
    OFF,
    /** It is told in the trace. */
    NOTE,
    JUNK,
    DEFER,
    REFUSE;

    /**
     * @param detail what was found, for the trace
     * @param text what the client is told, where the answer is no
     */
    Decision decision(String rule, String detail, String text) {
        return switch (this) {
            case OFF -> Decision.NONE;
            case NOTE -> Decision.pass(rule, detail);
            case JUNK -> Decision.junk(rule, detail);
            case DEFER -> Decision.defer(Reason.NOT_YET, rule, text).detail(detail);
            case REFUSE -> Decision.refuse(Reason.POLICY, rule, text).detail(detail);
        };
    }
}
