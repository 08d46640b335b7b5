package org.mailroom.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsDemand;
import org.mailroom.contract.relay.TlsTrouble;
import org.mailroom.queue.Attempt.Contact;
import org.mailroom.transport.Protection;
import org.mailroom.transport.TlsResults;

/** Sends one batch: host after host, until each addressee was taken or refused for good, or nobody is left to ask. */
final class Delivery {
    private final Routing routing;
    private final RelayConnectionFactory relays;
    private final RelayTimeouts timeouts;
    private final TlsResults tlsResults;
    private final Signing signing;

    /** Puts our signatures on top; the last that is done to a message before it is sent. */
    @FunctionalInterface
    interface Signing {
        Signing NONE = (content, envelope) -> content;

        MessageSource sign(MessageSource content, Envelope envelope) throws IOException;
    }

    Delivery(
            Routing routing,
            RelayConnectionFactory relays,
            RelayTimeouts timeouts,
            TlsResults tlsResults,
            Signing signing) {
        this.routing = routing;
        this.relays = relays;
        this.timeouts = timeouts;
        this.tlsResults = tlsResults;
        this.signing = signing;
    }

    /** Nobody counts how TLS went, and nothing is signed. */
    Delivery(Routing routing, RelayConnectionFactory relays) {
        this(routing, relays, RelayTimeouts.STANDARD, TlsResults.OFF, Signing.NONE);
    }

    Attempt send(Batch batch, MessageSource content) {
        var way = routing.way(batch);
        way.barred().forEach(each -> tlsResults.count(batch.domain(), each.host(), each.why()));
        return switch (way) {
            case Way.Blocked(var outcome, var _) ->
                Attempt.all(
                        batch, outcome, "", outcome.kind() == Outcome.Kind.DEFERRED ? Contact.SILENT : Contact.NONE);
            case Way.Hosts(var hops, var _) -> new Round(batch, content).tryAll(hops);
        };
    }

    /** One batch on its way from host to host. */
    private final class Round {
        private final Batch batch;
        private final MessageSource content;
        private final Map<Batch.Addressee, Attempt.Result> results = new LinkedHashMap<>();
        private final Set<Batch.Addressee> turnedAway = new HashSet<>();
        private boolean allForGood = true;
        private Contact contact = Contact.SILENT;

        Round(Batch batch, MessageSource content) {
            this.batch = batch;
            this.content = content;
        }

        Attempt tryAll(List<Hop> hops) {
            for (var hop : hops) {
                var open = open();
                if (open.isEmpty()) {
                    break;
                }
                tryOne(hop, open);
            }
            return new Attempt(results.values().stream().map(this::finished).toList(), contact);
        }

        /** Those whom another host may still take. What may have arrived is not sent twice in a row. */
        private List<Batch.Addressee> open() {
            return batch.addressees().stream()
                    .filter(addressee -> !results.containsKey(addressee)
                            || results.get(addressee).outcome().kind() == Outcome.Kind.DEFERRED)
                    .toList();
        }

        private void tryOne(Hop hop, List<Batch.Addressee> open) {
            var host = hop.target().where();
            try (var relay = connect(hop)) {
                contact = Contact.TALKED;
                switch (prepared(open, relay.extensions())) {
                    case Preparation.Impossible(var outcome) -> noteTrouble(open, outcome, host);
                    case Preparation.Ready(var envelope, var octets) ->
                        note(open, relay.send(envelope, signed(octets, envelope)), hop);
                }
            } catch (RelayException e) {
                if (e.outcome().code() > 0 && contact == Contact.SILENT) {
                    contact = Contact.TURNED_AWAY;
                }
                noteTrouble(open, blamed(e.outcome(), hop, e.tls().isPresent()), host);
            } catch (IOException e) {
                // The shortage is ours and says nothing of them.
                contact = contact == Contact.SILENT ? Contact.TURNED_AWAY : contact;
                noteTrouble(open, new Outcome(Outcome.Kind.DEFERRED, 0, "4.3.2", "No connection was free"), host);
            }
        }

        private Relay connect(Hop hop) throws IOException {
            if (!batch.parameters().containsKey(Wishes.REQUIRETLS)) {
                return asPublished(hop);
            }
            try {
                return proven(hop);
            } catch (RelayException e) {
                // RFC 8689 §5: a report is not lost for want of TLS.
                if (batch.reversePath().isEmpty() && e.outcome().kind() == Outcome.Kind.FAILED) {
                    return asPublished(hop);
                }
                throw e;
            }
        }

        /** RFC 8461 §5: where a policy is only being tested, a failure is counted and mail flows as without it. */
        private Relay asPublished(Hop hop) throws IOException {
            try {
                return relays.connect(hop.target(), timeouts);
            } catch (RelayException e) {
                count(hop, e);
                if (e.tls().isEmpty() || !hop.protection().testing()) {
                    throw e;
                }
                return relays.connect(hop.target().with(TlsDemand.OPPORTUNISTIC), timeouts);
            }
        }

        /** RFC 8689 §4.2.1: with a host that signed DNS or MTA-STS vouches for, and that proves to be that one. */
        private Relay proven(Hop hop) throws IOException {
            if (!hop.protection().vouched()) {
                throw new RelayException(new Outcome(
                        Outcome.Kind.FAILED, 0, "5.7.30", "The sender requires TLS, and nothing vouches for the host"));
            }
            var target = hop.target();
            try {
                return relays.connect(target.with(target.tls().verified()), timeouts);
            } catch (RelayException e) {
                count(hop, e);
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

        private void count(Hop hop, RelayException e) {
            if (e.tls().isPresent()) {
                tlsResults.count(batch.domain(), hop.protection(), hop.target().host(), e.tls());
            }
        }

        private Preparation prepared(List<Batch.Addressee> open, Extensions offered) {
            try {
                return Preparation.of(batch.envelope(open), content, offered, batch.created(), Instant.now());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private MessageSource signed(MessageSource octets, Envelope envelope) {
            try {
                return signing.sign(octets, envelope);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // of our own store; it says nothing of the host
            }
        }

        /** Whose demand it was that the host did not meet. */
        private static Outcome blamed(Outcome outcome, Hop hop, boolean tls) {
            return tls && hop.protection().kind() == Protection.Kind.STS
                    ? new Outcome(outcome.kind(), outcome.code(), outcome.status(), "MTA-STS: " + outcome.text())
                    : outcome;
        }

        private void note(List<Batch.Addressee> open, DeliveryReport report, Hop hop) {
            var host = hop.target().where();
            countTls(report, hop);
            for (int i = 0; i < open.size(); i++) {
                var addressee = open.get(i);
                turnedAway.remove(addressee);
                results.put(
                        addressee,
                        new Attempt.Result(addressee, report.outcomes().get(i), host, tls(report), report.dsn()));
            }
        }

        private void countTls(DeliveryReport report, Hop hop) {
            var protection = hop.protection();
            boolean tested = protection.testing() && report.proof() == DeliveryReport.Proof.NONE;
            if (tested && protection.demand().isVerified()) {
                return; // its failure was counted where it was met
            }
            // A policy that is tested asks for nothing of a host that it does not name.
            var trouble = tested
                    ? Optional.of(TlsTrouble.HANDSHAKE)
                    : report.tls().startsWith("TLS") ? Optional.<TlsTrouble>empty() : Optional.of(TlsTrouble.NOT_OFFERED);
            tlsResults.count(batch.domain(), protection, hop.target().host(), trouble);
        }

        private static String tls(DeliveryReport report) {
            return switch (report.proof()) {
                case NONE -> report.tls();
                case PKIX -> report.tls() + " certificate=verified";
                case DANE -> report.tls() + " certificate=dane";
            };
        }

        /**
         * RFC 5321 §5.1: a host that cannot be reached, or does not want us, is passed over for the next. What a host said to
         * a recipient tells more, and is kept.
         */
        private void noteTrouble(List<Batch.Addressee> open, Outcome outcome, String host) {
            allForGood &= outcome.kind() == Outcome.Kind.FAILED;
            var noted = new Outcome(Outcome.Kind.DEFERRED, outcome.code(), outcome.status(), outcome.text());
            for (var addressee : open) {
                if (!results.containsKey(addressee) || turnedAway.contains(addressee)) {
                    turnedAway.add(addressee);
                    results.put(addressee, new Attempt.Result(addressee, noted, host, ""));
                }
            }
        }

        /** Turned away by all hosts, and by each for good: then it is for good. */
        private Attempt.Result finished(Attempt.Result result) {
            if (!allForGood || !turnedAway.contains(result.addressee())) {
                return result;
            }
            var last = result.outcome();
            var outcome = new Outcome(Outcome.Kind.FAILED, last.code(), last.status(), last.text());
            return new Attempt.Result(result.addressee(), outcome, result.host(), result.tls(), result.dsn());
        }
    }
}
