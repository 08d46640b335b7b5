package org.mailroom.policy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.mailroom.contract.Envelope;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.contract.receive.Client;
import org.mailroom.contract.receive.Verdict;
import org.mailroom.directory.Resolution;
import org.mailroom.message.ParsedMessage;

/**
 * The chain. What no policy takes at MAIL or RCPT is refused.
 */
@ApplicationScoped
public class Policies {
    /** Longer than a session may be silent; one that is forgotten loses facts and no mail. */
    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private static final int SESSIONS = 100_000;

    /** A message has one fate for all of its recipients (RFC 5321 §4.5.3.1.10: who is told so sends another for the rest). */
    private static final Verdict APART = new Verdict.Defer(
            Reason.LIMIT,
            "one-fate",
            "Not together with those before; send it to this recipient in a message of its own");

    @Inject
    @Any
    private Instance<Policy> beans;

    private volatile List<Policy> chain = List.of();

    /** Only of sessions of which there is something to remember. */
    private final Cache<String, Course> courses = Caffeine.newBuilder()
            .maximumSize(SESSIONS)
            .expireAfterAccess(REMEMBERED)
            .build();

    public Policies() {}

    public Policies(List<? extends Policy> policies) {
        chain = inOrder(policies);
    }

    @PostConstruct
    void collect() {
        chain = inOrder(beans.stream().toList());
    }

    private static List<Policy> inOrder(List<? extends Policy> policies) {
        return policies.stream()
                .map(Policy.class::cast)
                .sorted(Comparator.comparingInt(Policy::order))
                .toList();
    }

    /** How many links there are. */
    int size() {
        return chain.size();
    }

    public Verdict connection(Client client) {
        var course = course(client);
        var question = new Question.Connection(client, course.connectionFacts());
        var decisions = ask(policy -> policy.connection(question));
        course.connection(decisions);
        remember(client, course);
        return verdict(decisions, Decision.accept("connection"));
    }

    public Verdict sender(Client client, Envelope envelope) {
        var course = course(client);
        course.begin();
        var question = new Question.Sender(client, envelope, course.facts());
        return answer(
                client,
                course,
                ask(policy -> policy.sender(question)),
                Decision.refuse(Reason.SENDER_NOT_ALLOWED, "default", "Nobody may send so"));
    }

    public Verdict recipient(Client client, Envelope envelope, Envelope.Recipient recipient, Resolution resolution) {
        var course = course(client);
        var question = new Question.Recipient(client, envelope, recipient, resolution, course.facts());
        var decisions = ask(policy -> policy.recipient(question));
        // A user would see an error of what a mail system deals with by sending again.
        return client.login() == null
                        && isTaken(decisions)
                        && !course.shares(decisions, envelope.recipients().isEmpty())
                ? APART
                : answer(client, course, decisions, Decision.refuse(Reason.RELAY_DENIED, "default", "Relaying denied"));
    }

    private static boolean isTaken(List<Decision> decisions) {
        return !decisions.isEmpty()
                && decisions.getLast().isLast()
                && !decisions.getLast().isNo();
    }

    /** What each said of the message, also at the steps before, up to the first that has decided; and what is known. */
    public Findings content(
            Client client, Envelope envelope, String queueId, ParsedMessage parsed, MessageSource source) {
        var course = course(client);
        var question = new Question.Content(client, envelope, queueId, parsed, source, course.facts());
        var decisions = ask(policy -> policy.content(question));
        var all = new ArrayList<>(course.decisions());
        all.addAll(decisions);
        return new Findings(all, course.facts().all());
    }

    private List<Decision> ask(Function<Policy, Decision> step) {
        List<Decision> decisions = List.of();
        for (var policy : chain) {
            var decision = step.apply(policy);
            if (decision.action() == Decision.Action.NONE) {
                continue;
            }
            if (decisions.isEmpty()) {
                decisions = new ArrayList<>();
            }
            decisions.add(decision);
            if (decision.isLast()) {
                break;
            }
        }
        return decisions;
    }

    private Verdict answer(Client client, Course course, List<Decision> decisions, Decision otherwise) {
        var verdict = verdict(decisions, otherwise);
        // What was taken without more needs no memory; what was refused never becomes part of a message.
        if (verdict instanceof Verdict.Accept) {
            course.add(decisions.stream().filter(Policies::isOfTheMessage).toList());
        }
        remember(client, course);
        return verdict;
    }

    private static boolean isOfTheMessage(Decision decision) {
        return switch (decision.action()) {
            case NONE, ACCEPT, REFUSE, DEFER -> false;
            case PASS, JUNK, QUARANTINE, DISCARD, BOUNCE -> true;
        };
    }

    /** Of a message that is to be quarantined or the like, the envelope is taken as it comes. */
    private static Verdict verdict(List<Decision> decisions, Decision otherwise) {
        var last = decisions.isEmpty() || !decisions.getLast().isLast() ? otherwise : decisions.getLast();
        return switch (last.action()) {
            case NONE, PASS, JUNK, ACCEPT, QUARANTINE, DISCARD, BOUNCE ->
                new Verdict.Accept(last.rule(), story(decisions, last));
            case REFUSE -> new Verdict.Refuse(last.reason(), last.rule(), last.text(), before(decisions, last));
            case DEFER -> new Verdict.Defer(last.reason(), last.rule(), last.text(), before(decisions, last));
        };
    }

    private static List<String> before(List<Decision> decisions, Decision last) {
        return decisions.stream()
                .filter(decision -> decision != last)
                .map(Decision::line)
                .toList();
    }

    private static List<String> story(List<Decision> decisions, Decision last) {
        return decisions.size() == 1 && last.action() == Decision.Action.ACCEPT
                ? List.of()
                : decisions.stream().map(Decision::line).toList();
    }

    private Course course(Client client) {
        var known = courses.getIfPresent(client.session());
        return known == null ? new Course() : known;
    }

    private void remember(Client client, Course course) {
        if (!course.isEmpty()) {
            courses.put(client.session(), course);
        }
    }
}
