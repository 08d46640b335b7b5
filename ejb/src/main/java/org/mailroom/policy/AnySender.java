package org.mailroom.policy;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;

/** The end of the chain: a mail exchange takes mail from anybody, and bounces in any case (RFC 5321 §4.5.5). */
@ApplicationScoped
public class AnySender implements SenderPolicy {
    @Override
    public int order() {
        return 10_000;
    }

    @Override
    public Optional<Verdict> judge(Client client, Envelope envelope) {
        return Optional.of(new Verdict.Accept(envelope.isBounce() ? "null-sender" : "any-sender"));
    }
}
