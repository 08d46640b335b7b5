package org.mailroom.reputation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.mailroom.config.Settings;
import org.mailroom.dns.Answer;
import org.mailroom.dns.NameService;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/** Whether the name in EHLO or HELO is one that a host may have there: full, in DNS, and not ours (RFC 5321 §4.1.1.1, §2.3.5). */
@ApplicationScoped
public class Greeting implements Policy {
    private static final String RULE = "helo";

    @Inject
    private NameService names;

    private Weight weight = Weight.OFF;
    private String hostname = "localhost";
    private LookUps lookUps = new LookUps(1);

    @PostConstruct
    void configure() {
        use(ReputationSettings.of(Settings.current()));
    }

    void use(ReputationSettings settings) {
        weight = settings.greeting();
        hostname = settings.hostname();
        lookUps = new LookUps(settings.lookups());
    }

    @Override
    public int order() {
        return 420;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        if (weight == Weight.OFF || !Strangers.include(question)) {
            return Decision.NONE;
        }
        var helo = question.client().helo().toLowerCase(Locale.ROOT);
        var known = question.facts().get(RULE);
        var state = known.isPresent()
                ? known.get()
                : look(helo, question.client().address().getAddress());
        question.facts().put(RULE, state);
        return switch (state) {
            case "good" -> Decision.NONE;
            case "unknown" -> Decision.pass(RULE, "not checked: DNS does not answer");
            default -> weight.decision(RULE, state, "The name in your EHLO or HELO " + state);
        };
    }

    private String look(String helo, InetAddress address) {
        if (helo.startsWith("[")) {
            return literal(helo).equals(address.getHostAddress()) ? "good" : "is the address of others";
        }
        if (!helo.contains(".")) {
            return "is not a full name";
        }
        return helo.equals(hostname) ? "is ours" : inDns(helo);
    }

    /** RFC 5321 §4.1.3; the wire has checked its syntax. */
    private static String literal(String helo) {
        var text = helo.replaceAll("^\\[(ipv6:)?|\\]$", "");
        try {
            return InetAddress.ofLiteral(text).getHostAddress();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private String inDns(String helo) {
        var answers = lookUps.all(List.of("4", "6"), version -> names.dns().addresses(helo, version.equals("6")));
        if (answers.stream().anyMatch(Answer.Found.class::isInstance)) {
            return "good";
        }
        return answers.stream().anyMatch(Answer.Unknown.class::isInstance) ? "unknown" : "has no address in DNS";
    }
}
