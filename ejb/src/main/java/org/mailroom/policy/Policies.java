package org.mailroom.policy;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;

/** The two chains. What no policy takes is refused. */
@ApplicationScoped
public class Policies {
    @Inject
    @Any
    private Instance<SenderPolicy> senderBeans;

    @Inject
    @Any
    private Instance<RecipientPolicy> recipientBeans;

    private List<SenderPolicy> senders = List.of();
    private List<RecipientPolicy> recipients = List.of();

    public Policies() {}

    Policies(List<SenderPolicy> senders, List<RecipientPolicy> recipients) {
        this.senders = inOrder(senders, Comparator.comparingInt(SenderPolicy::order));
        this.recipients = inOrder(recipients, Comparator.comparingInt(RecipientPolicy::order));
    }

    @PostConstruct
    void collect() {
        senders = inOrder(senderBeans.stream().toList(), Comparator.comparingInt(SenderPolicy::order));
        recipients = inOrder(recipientBeans.stream().toList(), Comparator.comparingInt(RecipientPolicy::order));
    }

    private static <P> List<P> inOrder(List<P> policies, Comparator<P> order) {
        return policies.stream().sorted(order).toList();
    }

    public Verdict sender(Client client, Envelope envelope) {
        return senders.stream()
                .map(policy -> policy.judge(client, envelope))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Verdict.Refuse(Reason.SENDER_NOT_ALLOWED, "default", "Nobody may send so"));
    }

    public Verdict recipient(RecipientPolicy.Question question) {
        return recipients.stream()
                .map(policy -> policy.judge(question))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> new Verdict.Refuse(Reason.RELAY_DENIED, "default", "Relaying denied"));
    }
}
