package org.mailroom.rules;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;
import org.mailroom.rules.ListEntry.Subject;

/** Senders and recipients that are always or never wanted, by all, by a domain or by an account. */
@ApplicationScoped
public class ListCheck implements Policy {
    private static final String RULE = "list";

    @Inject
    private Lists lists;

    private volatile String version = "";
    private volatile ListIndex index = new ListIndex(List.of());
    private final Freshness freshness = new Freshness();

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

    private ListIndex index() {
        freshness.refresh(this::read);
        return index;
    }

    private void read() {
        var now = lists.version();
        if (!now.equals(version)) {
            index = new ListIndex(lists.all());
            version = now;
        }
    }

    @Override
    public int order() {
        return 350;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        var known = index();
        if (known.isEmpty()) {
            return Decision.NONE;
        }
        var found = find(known, question, question.recipient().address(), question.envelope());
        allow(question.facts(), found.filter(ListEntry::allow));
        return found.map(ListCheck::decision).orElse(Decision.NONE);
    }

    /** What one recipient allows is not allowed for the others: a message for several is spared only if all of them allow it. */
    @Override
    public Decision content(Question.Content question) {
        var known = index();
        if (known.isEmpty()) {
            return Decision.NONE;
        }
        var found = question.envelope().recipients().stream()
                .map(to ->
                        find(known, question, to.address(), question.envelope()).filter(ListEntry::allow))
                .toList();
        boolean all = !found.isEmpty() && found.stream().allMatch(Optional::isPresent);
        allow(question.facts(), all ? found.getFirst() : Optional.empty());
        return Decision.NONE;
    }

    private static void allow(Facts facts, Optional<ListEntry> entry) {
        boolean ours = facts.get(Facts.ALLOWED).orElse("").startsWith(RULE);
        if (entry.isPresent() && !facts.isAllowed() && !isForged(entry.get(), facts)) {
            facts.put(Facts.ALLOWED, name(entry.get()));
        } else if (entry.isEmpty() && ours) {
            facts.put(Facts.ALLOWED, "");
        }
    }

    /** Whoever says that he is a friend, and his domain says that he is not, gets no friend's way. */
    private static boolean isForged(ListEntry entry, Facts facts) {
        return !entry.pattern().contains("/")
                && List.of("fail", "softfail").contains(facts.get("spf").orElse(""));
    }

    private static Optional<ListEntry> find(ListIndex index, Question question, String to, Envelope envelope) {
        var client = question.client();
        var login = client.loginName();
        var recipient = to.toLowerCase(Locale.ROOT);
        return login != null
                ? index.find(owners(login), Subject.RECIPIENT, recipient, null)
                : index.find(
                                owners(recipient),
                                Subject.SENDER,
                                envelope.reversePath().toLowerCase(Locale.ROOT),
                                client.address().getAddress())
                        .or(() -> index.find(List.of(""), Subject.RECIPIENT, recipient, null));
    }

    private static List<String> owners(String address) {
        var lower = address.toLowerCase(Locale.ROOT);
        return Stream.of(lower, lower.substring(lower.lastIndexOf('@') + 1), "").toList();
    }

    private static String name(ListEntry entry) {
        return RULE + " of " + (entry.owner().isEmpty() ? "all" : entry.owner());
    }

    private static Decision decision(ListEntry entry) {
        var detail = entry.subject().word() + " " + entry.pattern();
        if (entry.allow()) {
            return Decision.pass(name(entry), "allowed: " + detail);
        }
        var text = entry.subject() == Subject.SENDER ? "Mail from you is not wanted here" : "Mail may not go there";
        return Decision.refuse(Reason.POLICY, name(entry), text + " (" + name(entry) + ")")
                .detail(detail);
    }
}
