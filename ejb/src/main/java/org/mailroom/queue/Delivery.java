package org.mailroom.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.queue.Attempt.Contact;
import org.mailroom.transport.Protection;

/** Sends one batch: host after host, until each addressee was taken or refused for good, or nobody is left to ask. */
final class Delivery {
    private static final System.Logger LOG = System.getLogger(Delivery.class.getName());

    private final Routing routing;
    private final Connecting connecting;
    private final Signing signing;

    /** Puts our signatures on top; the last that is done to a message before it is sent. */
    @FunctionalInterface
    interface Signing {
        Signing NONE = (content, envelope) -> content;

        MessageSource sign(MessageSource content, Envelope envelope) throws IOException;
    }

    Delivery(Routing routing, Connecting connecting, Signing signing) {
        this.routing = routing;
        this.connecting = connecting;
        this.signing = signing;
    }

    Attempt send(Batch batch, MessageSource content) {
        return new Tour().send(batch, content);
    }

    /** What goes out in one turn, of which most goes the same way. */
    final class Tour {
        private final Map<Routing.Question, Way> ways = new HashMap<>();

        Attempt send(Batch batch, MessageSource content) {
            var way = ways.computeIfAbsent(Routing.Question.of(batch), routing::way);
            connecting.countBarred(batch, way);
            return switch (way) {
                case Way.Blocked(var outcome, var _) ->
                    Attempt.all(
                            batch,
                            outcome,
                            "",
                            outcome.kind() == Outcome.Kind.DEFERRED ? Contact.SILENT : Contact.NONE);
                case Way.Hosts(var hops, var _) -> new Round(batch, content).tryAll(hops);
            };
        }
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
                    .filter(addressee -> !results.containsKey(addressee) || isDeferred(results.get(addressee)))
                    .toList();
        }

        private void tryOne(Hop hop, List<Batch.Addressee> open) {
            var host = hop.target().where();
            try (var relay = connecting.connect(batch, hop)) {
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
            } catch (RuntimeException e) {
                if (results.values().stream().allMatch(Round::isDeferred)) {
                    throw e;
                }
                // What hosts took or refused before must be written down, or it would be sent again with the rest.
                LOG.log(System.Logger.Level.ERROR, "q=" + batch.queueId() + " status=fault", e);
                noteTrouble(open, new Outcome(Outcome.Kind.DEFERRED, 0, "4.3.0", "Trouble of this mail system"), "");
            }
        }

        private static boolean isDeferred(Attempt.Result result) {
            return result.outcome().kind() == Outcome.Kind.DEFERRED;
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
            connecting.count(batch, hop, report);
            for (int i = 0; i < open.size(); i++) {
                var addressee = open.get(i);
                turnedAway.remove(addressee);
                results.put(
                        addressee,
                        new Attempt.Result(addressee, report.outcomes().get(i), host, tls(report), report.dsn()));
            }
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
