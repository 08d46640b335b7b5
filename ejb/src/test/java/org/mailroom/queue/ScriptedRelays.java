package org.mailroom.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.DeliveryReport;
import org.mailroom.contract.relay.Extensions;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.contract.relay.Relay;
import org.mailroom.contract.relay.RelayConnectionFactory;
import org.mailroom.contract.relay.RelayException;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;
import org.mailroom.contract.relay.TlsTrouble;

/** The wire in memory: hosts that do as a test says, and remember what they took. */
final class ScriptedRelays implements RelayConnectionFactory {
    private static final long serialVersionUID = 1L;

    record Sent(String host, Envelope envelope, String content) {}

    final transient List<Sent> sent = new CopyOnWriteArrayList<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    private final transient Map<String, Outcome> closed = new ConcurrentHashMap<>();
    private final transient Map<String, Function<String, Outcome>> answers = new ConcurrentHashMap<>();

    private final transient Map<String, Extensions> offers = new ConcurrentHashMap<>();

    private static final Extensions EVERYTHING =
            new Extensions(Map.of("8BITMIME", "", "SMTPUTF8", "", "DSN", "", "SIZE", ""));

    private final transient Map<String, RelayException> insecure = new ConcurrentHashMap<>();
    final transient List<RelayTarget> targets = new CopyOnWriteArrayList<>();

    static Outcome outcome(Outcome.Kind kind, int code, String status) {
        return new Outcome(kind, code, status, code == 0 ? "trouble" : "said so");
    }

    static Outcome taken() {
        return outcome(Outcome.Kind.DELIVERED, 250, "2.0.0");
    }

    ScriptedRelays closed(String host, Outcome outcome) {
        closed.put(host, outcome);
        return this;
    }

    /** What a host says to each recipient. */
    ScriptedRelays answering(String host, Function<String, Outcome> answer) {
        answers.put(host, answer);
        return this;
    }

    ScriptedRelays offering(String host, Extensions extensions) {
        offers.put(host, extensions);
        return this;
    }

    /** A host whose TLS is not good enough for those who ask for more. */
    ScriptedRelays insecure(String host, Outcome outcome, TlsTrouble why) {
        insecure.put(host, new RelayException(outcome, why));
        return this;
    }

    @Override
    public Relay connect(RelayTarget target, RelayTimeouts timeouts, Authorities authorities) throws IOException {
        asked.add(target.host());
        targets.add(target);
        var lacking = insecure.get(target.host());
        if (lacking != null && target.tls().isRequired()) {
            throw lacking;
        }
        var trouble = closed.get(target.host());
        if (trouble != null) {
            throw new RelayException(trouble);
        }
        return new Relay() {
            @Override
            public Extensions extensions() {
                return offers.getOrDefault(target.host(), EVERYTHING);
            }

            @Override
            public DeliveryReport send(Envelope envelope, MessageSource content) {
                return take(target.host(), envelope, content);
            }

            @Override
            public void close() {}
        };
    }

    private DeliveryReport take(String host, Envelope envelope, MessageSource content) {
        var answer = answers.getOrDefault(host, address -> taken());
        var outcomes = new ArrayList<Outcome>();
        envelope.recipients().forEach(to -> outcomes.add(answer.apply(to.address())));
        try (var in = content.open()) {
            sent.add(new Sent(host, envelope, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new DeliveryReport(outcomes, "TLSv1.3", DeliveryReport.Proof.NONE, false);
    }
}
