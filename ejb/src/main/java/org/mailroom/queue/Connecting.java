package org.mailroom.queue;

import java.io.IOException;
import java.util.Optional;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.contract.relay.TlsTrouble;
import org.mailroom.transport.TlsResults;

/** Connects to a host as securely as its domain, the operator and the sender want it, and counts how that went. */
record Connecting(RelayConnectionFactory relays, RelayTimeouts timeouts, Authorities authorities, TlsResults results) {
    /** Nobody counts. */
    Connecting(RelayConnectionFactory relays) {
        this(relays, RelayTimeouts.STANDARD, Authorities.OF_PLATFORM, TlsResults.OFF);
    }

    /** @throws RelayException as the host said, or with what is wrong with its TLS */
    Relay connect(Batch batch, Hop hop) throws IOException {
        if (!batch.parameters().containsKey(Wishes.REQUIRETLS)) {
            return asPublished(batch, hop);
        }
        try {
            return proven(batch, hop);
        } catch (RelayException e) {
            // RFC 8689 §5: a report is not lost for want of TLS.
            if (batch.reversePath().isEmpty() && e.outcome().kind() == Outcome.Kind.FAILED) {
                return asPublished(batch, hop);
            }
            throw e;
        }
    }

    /** RFC 8461 §5: where a policy is only being tested, a failure is counted and mail flows as without it. */
    private Relay asPublished(Batch batch, Hop hop) throws IOException {
        try {
            return relays.connect(hop.target(), timeouts, authorities);
        } catch (RelayException e) {
            count(batch, hop, e);
            if (e.tls().isEmpty() || !hop.protection().testing()) {
                throw e;
            }
            return relays.connect(hop.target().with(TlsDemand.OPPORTUNISTIC), timeouts, authorities);
        }
    }

    /** RFC 8689 §4.2.1: with a host that signed DNS or MTA-STS vouches for, and that proves to be that one. */
    private Relay proven(Batch batch, Hop hop) throws IOException {
        if (!hop.protection().vouched()) {
            throw new RelayException(new Outcome(
                    Outcome.Kind.FAILED, 0, "5.7.30", "The sender requires TLS, and nothing vouches for the host"));
        }
        var target = hop.target();
        try {
            return relays.connect(target.with(target.tls().verified()), timeouts, authorities);
        } catch (RelayException e) {
            count(batch, hop, e);
            if (e.tls().isEmpty() || e.tls().get() == TlsTrouble.HANDSHAKE) {
                throw e; // may pass
            }
            throw new RelayException(
                    new Outcome(
                            Outcome.Kind.FAILED,
                            0,
                            "5.7.10",
                            "The sender requires TLS: " + e.outcome().text()),
                    e.tls().get());
        }
    }

    private void count(Batch batch, Hop hop, RelayException e) {
        if (e.tls().isPresent() && isReported(batch, hop)) {
            results.count(batch.domain(), hop.protection(), hop.target().host(), e.tls());
        }
    }

    /** A connection over which a message went. */
    void count(Batch batch, Hop hop, DeliveryReport report) {
        var protection = hop.protection();
        boolean tested = protection.testing() && report.proof() == DeliveryReport.Proof.NONE;
        if (!isReported(batch, hop) || (tested && protection.demand().isVerified())) {
            return; // of the latter, the failure was counted where it was met
        }
        // A policy that is tested asks for nothing of a host that it does not name.
        var trouble = tested
                ? Optional.of(TlsTrouble.HANDSHAKE)
                : report.tls().startsWith("TLS") ? Optional.<TlsTrouble>empty() : Optional.of(TlsTrouble.NOT_OFFERED);
        results.count(batch.domain(), protection, hop.target().host(), trouble);
    }

    /** What went as if nothing was published says nothing of it; reports are such mail (RFC 8460 §3). */
    private static boolean isReported(Batch batch, Hop hop) {
        return hop.reported() && !batch.parameters().containsKey(Wishes.TLS_OPTIONAL);
    }

    /** Hosts that are passed over unasked. */
    void countBarred(Batch batch, Way way) {
        way.barred().forEach(each -> results.count(batch.domain(), each.host(), each.why()));
    }
}
