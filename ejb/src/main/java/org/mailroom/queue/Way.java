package org.mailroom.queue;

import java.util.List;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.transport.Decision;

/** Where mail for a domain goes. */
sealed interface Way {
    /**
     * @param hops to be tried in this order; never empty
     * @param barred hosts that are passed over
     */
    record Hosts(List<Hop> hops, List<Barred> barred) implements Way {
        Hosts(List<Hop> hops) {
            this(hops, List.of());
        }

        List<RelayTarget> targets() {
            return hops.stream().map(Hop::target).toList();
        }
    }

    /** There is none, for now or for good. */
    record Blocked(Outcome outcome, List<Barred> barred) implements Way {
        Blocked(Outcome outcome) {
            this(outcome, List.of());
        }
    }

    /** One that nobody vouches for. */
    record Barred(String host, Decision.Skip why) {}

    /** Hosts that are passed over unasked. */
    List<Barred> barred();

    /** All that there are, and the last says why. */
    static Way barred(List<Barred> hosts) {
        var last = hosts.getLast().why();
        return new Blocked(new Outcome(Outcome.Kind.DEFERRED, 0, last.status(), last.why()), hosts);
    }

    static Way failed(String status, String text) {
        return new Blocked(new Outcome(Outcome.Kind.FAILED, 0, status, text));
    }

    static Way deferred(String status, String text) {
        return new Blocked(new Outcome(Outcome.Kind.DEFERRED, 0, status, text));
    }
}
