package org.mailroom.reputation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.List;
import org.mailroom.config.Settings;
import org.mailroom.dns.Answer;
import org.mailroom.dns.NameService;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/** Whether the client's address has a name (PTR) that has the address in turn, as that of any mail server that is looked after. */
@ApplicationScoped
public class ReverseName implements Policy {
    private static final String RULE = "reverse-name";

    /** Of the names of one address. */
    private static final int MOST = 5;

    @Inject
    private NameService names;

    private Weight weight = Weight.OFF;
    private LookUps lookUps = new LookUps(1);

    @PostConstruct
    void configure() {
        use(ReputationSettings.of(Settings.current()));
    }

    void use(ReputationSettings settings) {
        weight = settings.reverseName();
        lookUps = new LookUps(settings.lookups());
    }

    @Override
    public int order() {
        return 430;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        if (weight == Weight.OFF || !Strangers.include(question)) {
            return Decision.NONE;
        }
        var known = question.facts().get(RULE);
        var state = known.isPresent()
                ? known.get()
                : look(question.client().address().getAddress());
        question.facts().put(RULE, state);
        return switch (state) {
            case "good" -> Decision.NONE;
            case "unknown" -> Decision.pass(RULE, "not checked: DNS does not answer");
            case "none" -> weight.decision(RULE, "no name", "Your address has no name in DNS (PTR)");
            default ->
                weight.decision(
                        RULE, "a name of others", "The name of your address in DNS (PTR) does not lead back to it");
        };
    }

    private String look(InetAddress address) {
        var answer = lookUps.all(List.of(""), any -> names.dns().names(address)).getFirst();
        return switch (answer) {
            case Answer.None<String> none -> "none";
            case Answer.Unknown<String> unknown -> "unknown";
            case Answer.Found<String> found -> back(found.values(), address);
        };
    }

    /** RFC 8601 §2.7.3 (iprev) */
    private String back(List<String> hosts, InetAddress address) {
        boolean six = address.getAddress().length == 16;
        var answers = lookUps.all(
                hosts.stream().limit(MOST).toList(), host -> names.dns().addresses(host, six));
        boolean unknown = false;
        for (var answer : answers) {
            if (answer instanceof Answer.Found<InetAddress> found
                    && found.values().contains(address)) {
                return "good";
            }
            unknown |= answer instanceof Answer.Unknown;
        }
        return unknown ? "unknown" : "others";
    }
}
