package org.mailroom.queue;

import java.util.List;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayTarget;

/** Where mail for a domain goes. */
sealed interface Way {
    /** @param hops to be tried in this order; never empty */
    record Hosts(List<Hop> hops) implements Way {
        List<RelayTarget> targets() {
            return hops.stream().map(Hop::target).toList();
        }
    }

    /** There is none, for now or for good. */
    record Blocked(Outcome outcome) implements Way {}

    static Way failed(String status, String text) {
        return new Blocked(new Outcome(Outcome.Kind.FAILED, 0, status, text));
    }

    static Way deferred(String status, String text) {
        return new Blocked(new Outcome(Outcome.Kind.DEFERRED, 0, status, text));
    }
}
