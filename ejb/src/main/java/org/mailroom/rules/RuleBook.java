package org.mailroom.rules;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/** The administrators' rules as a link of the chain: at each step those that can be answered there, until one holds. */
@ApplicationScoped
public class RuleBook implements Policy {
    private static final System.Logger LOG = System.getLogger(RuleBook.class.getName());

    @Inject
    private Rules rules;

    private volatile Map<Step, List<Rule>> book = Map.of();
    private final Freshness freshness = new Freshness();

    private void read() {
        var steps = new EnumMap<Step, List<Rule>>(Step.class);
        for (var written : rules.list()) {
            if (written.enabled()) {
                try {
                    var rule = Rule.of(written);
                    steps.computeIfAbsent(rule.step(), none -> new ArrayList<>())
                            .add(rule);
                } catch (BadRule e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "rule=" + written.name() + " status=ignored cause=" + e.text());
                }
            }
        }
        book = steps;
    }

    /** With the chain, before anybody asks. */
    @PostConstruct
    void begin() {
        freshness.refresh(this::read);
    }

    /** Read again at the next question. */
    void changed(
            @Observes(during = TransactionPhase.AFTER_SUCCESS, notifyObserver = Reception.IF_EXISTS)
                    RulesChanged change) {
        freshness.expire();
    }

    private List<Rule> at(Step step) {
        freshness.refresh(this::read);
        return book.getOrDefault(step, List.of());
    }

    @Override
    public int order() {
        return 400;
    }

    @Override
    public Decision connection(Question.Connection question) {
        return decide(Step.CONNECTION, question.facts(), () -> Views.of(question));
    }

    @Override
    public Decision sender(Question.Sender question) {
        return decide(Step.SENDER, question.facts(), () -> Views.of(question));
    }

    /** What a rule allows for one recipient is not allowed for the next. */
    @Override
    public Decision recipient(Question.Recipient question) {
        if (isOfRecipient(question.facts())) {
            question.facts().put(Facts.ALLOWED, "");
        }
        return decide(Step.RECIPIENT, question.facts(), () -> Views.of(question));
    }

    /** A message for several is spared only if all of them may have it so. */
    @Override
    public Decision content(Question.Content question) {
        if (isOfRecipient(question.facts())
                && !question.envelope().recipients().stream()
                        .allMatch(to -> isAllowed(Views.of(question, to.address())))) {
            question.facts().put(Facts.ALLOWED, "");
        }
        return decide(Step.CONTENT, question.facts(), () -> Views.of(question));
    }

    /** Whether it was a rule about recipients that has spared this one. */
    private boolean isOfRecipient(Facts facts) {
        return at(Step.RECIPIENT).stream()
                .anyMatch(rule -> facts.get(Facts.ALLOWED).equals(Optional.of(rule.title())));
    }

    private boolean isAllowed(Seen seen) {
        return at(Step.RECIPIENT).stream()
                .filter(rule -> rule.match(seen) == Match.YES)
                .findFirst()
                .filter(rule -> rule.written().action() == Rule.Action.ALLOW)
                .isPresent();
    }

    private Decision decide(Step step, Facts facts, Supplier<Seen> message) {
        var candidates = at(step);
        if (candidates.isEmpty()) {
            return Decision.NONE;
        }
        var seen = message.get();
        return candidates.stream()
                .filter(rule -> rule.match(seen) == Match.YES)
                .findFirst()
                .map(rule -> rule.decide(facts))
                .orElse(Decision.NONE);
    }
}
