package org.mailroom.queue;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.queue.Attempt.Contact;

/** Sends one batch: host after host, until each addressee was taken or refused for good, or nobody is left to ask. */
final class Delivery {
    private final Routing routing;
    private final RelayConnectionFactory relays;

    Delivery(Routing routing, RelayConnectionFactory relays) {
        this.routing = routing;
        this.relays = relays;
    }

    Attempt send(Batch batch, MessageSource content) {
        return switch (routing.way(batch)) {
            case Way.Blocked(var outcome) ->
                Attempt.all(
                        batch, outcome, "", outcome.kind() == Outcome.Kind.DEFERRED ? Contact.SILENT : Contact.NONE);
            case Way.Hosts(var targets) -> new Round(batch, content).tryAll(targets);
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

        Attempt tryAll(List<RelayTarget> targets) {
            for (var target : targets) {
                var open = open();
                if (open.isEmpty()) {
                    break;
                }
                tryOne(target, open);
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

        private void tryOne(RelayTarget target, List<Batch.Addressee> open) {
            var host = target.where();
            try (var relay = relays.connect(target)) {
                contact = Contact.TALKED;
                note(open, relay.send(batch.envelope(open), content), host);
            } catch (RelayException e) {
                if (e.outcome().code() > 0 && contact == Contact.SILENT) {
                    contact = Contact.TURNED_AWAY;
                }
                noteTrouble(open, e.outcome(), host);
            } catch (IOException e) {
                // The shortage is ours and says nothing of them.
                contact = contact == Contact.SILENT ? Contact.TURNED_AWAY : contact;
                noteTrouble(open, new Outcome(Outcome.Kind.DEFERRED, 0, "4.3.2", "No connection was free"), host);
            }
        }

        private void note(List<Batch.Addressee> open, DeliveryReport report, String host) {
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
