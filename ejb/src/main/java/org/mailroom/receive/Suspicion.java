package org.mailroom.receive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailroom.authenticity.Signer;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.queue.Silence;

/**
 * What goes with queued mail about its origin: whether it came from a stranger, and whether his name is probably forged, so that
 * no report shall go to him.
 */
final class Suspicion {
    private static final List<String> TELLING = List.of("spf", "dmarc");

    private Suspicion() {}

    static Map<String, String> marks(Client client, Map<String, String> facts) {
        if (client.login() != null) {
            return Map.of();
        }
        var foreign = facts.containsKey("arc") ? Signer.CHECKED : "";
        return reason(facts)
                .map(reason -> Map.of(Signer.FOREIGN, foreign, Silence.SUSPECT, reason))
                .orElse(Map.of(Signer.FOREIGN, foreign));
    }

    private static Optional<String> reason(Map<String, String> facts) {
        return TELLING.stream()
                .filter(name -> List.of("fail", "reject", "quarantine").contains(facts.getOrDefault(name, "")))
                .map(name -> name + "=" + facts.get(name))
                .findFirst();
    }

    static Map<String, String> marked(Map<String, String> parameters, Map<String, String> marks) {
        if (marks.isEmpty()) {
            return parameters;
        }
        var all = new HashMap<>(parameters);
        all.putAll(marks);
        return all;
    }

    static Envelope marked(Envelope envelope, Map<String, String> marks) {
        return marks.isEmpty()
                ? envelope
                : new Envelope(envelope.reversePath(), marked(envelope.parameters(), marks), envelope.recipients());
    }
}
