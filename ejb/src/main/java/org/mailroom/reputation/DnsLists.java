package org.mailroom.reputation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.mailroom.config.Settings;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;
import org.mailroom.dns.NameService;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;
import org.mailroom.policy.Policy;
import org.mailroom.policy.Question;

/**
 * Block and allow lists in DNS (RFC 5782). Asked at the first recipient of a message, so that the trace knows for whom it was;
 * a list that does not answer speaks neither for nor against anybody, and the trace says so.
 */
@ApplicationScoped
public class DnsLists implements Policy {
    private static final String RULE = "dns-list";
    private static final int LONGEST_REASON = 150;

    @Inject
    private NameService names;

    private ReputationSettings settings = ReputationSettings.NONE;
    private LookUps lookUps = new LookUps(1);

    @PostConstruct
    void configure() {
        use(ReputationSettings.of(Settings.current()));
    }

    void use(ReputationSettings given) {
        settings = given;
        lookUps = new LookUps(given.lookups());
    }

    @Override
    public int order() {
        return 410;
    }

    @Override
    public Decision recipient(Question.Recipient question) {
        boolean asks =
                !settings.allowLists().isEmpty() || !settings.blockLists().isEmpty() && settings.listed() != Weight.OFF;
        if (!asks || !Strangers.include(question)) {
            return Decision.NONE;
        }
        var facts = question.facts();
        if (facts.get(RULE).isEmpty()) {
            look(question.client().address().getAddress(), facts);
        }
        return decision(facts);
    }

    private void look(InetAddress address, Facts facts) {
        var allowed = listed(address, settings.allowLists());
        if (!allowed.zones().isEmpty()) {
            facts.put(Facts.ALLOWED, RULE + " " + allowed.text());
            facts.put(RULE, "allowed");
            facts.put(RULE + ".why", allowed.text());
            return;
        }
        var blocked = settings.listed() == Weight.OFF ? Found.NOWHERE : listed(address, settings.blockLists());
        facts.put(RULE, blocked.zones().isEmpty() ? "none" : "blocked");
        facts.put(RULE + ".zones", blocked.text());
        facts.put(
                RULE + ".why",
                blocked.zones().isEmpty() ? "" : why(address, blocked.zones().getFirst()));
        facts.put(RULE + ".silent", allowed.andSilent(blocked));
    }

    private Decision decision(Facts facts) {
        var zones = facts.get(RULE + ".zones").orElse("");
        var silent = facts.get(RULE + ".silent").orElse("");
        var why = facts.get(RULE + ".why").orElse("");
        return switch (facts.get(RULE).orElse("")) {
            case "allowed" -> Decision.pass(RULE, "allowed by " + why);
            case "blocked" ->
                settings.listed()
                        .decision(
                                RULE,
                                "listed by " + zones + (why.isEmpty() ? "" : ": " + why),
                                "Your address is listed by " + zones + (why.isEmpty() ? "" : ": " + why));
            default -> silent.isEmpty() ? Decision.NONE : Decision.pass(RULE, "not checked: " + silent);
        };
    }

    /**
     * @param zones that list an address
     * @param silent zones that did not answer, with their reasons
     */
    private record Found(List<String> zones, List<String> silent) {
        static final Found NOWHERE = new Found(List.of(), List.of());

        String text() {
            return String.join(", ", zones);
        }

        String andSilent(Found other) {
            return String.join("; ", silent)
                    + (silent.isEmpty() || other.silent.isEmpty() ? "" : "; ")
                    + String.join("; ", other.silent);
        }
    }

    private Found listed(InetAddress address, List<String> zones) {
        if (zones.isEmpty()) {
            return Found.NOWHERE;
        }
        var answers = lookUps.all(
                zones.stream().map(zone -> name(address, zone)).toList(), name -> dns().addresses(name, false));
        var on = new ArrayList<String>();
        var silent = new ArrayList<String>();
        for (int i = 0; i < zones.size(); i++) {
            switch (answers.get(i)) {
                case Answer.Found<InetAddress> found when isListing(found) -> on.add(zones.get(i));
                case Answer.Found<InetAddress> found -> silent.add(zones.get(i) + " says " + text(found));
                case Answer.None<InetAddress> none -> {}
                case Answer.Unknown<InetAddress> unknown -> silent.add(zones.get(i) + " does not answer");
            }
        }
        return new Found(on, silent);
    }

    /**
     * RFC 5782 §2.1: listings are addresses in 127.0.0.0/8. Those of 127.255.255.0/24 are complaints of list keepers about the
     * one who asks, and a domain that somebody else took over says anything.
     */
    private static boolean isListing(Answer.Found<InetAddress> found) {
        return found.values().stream()
                .map(InetAddress::getAddress)
                .anyMatch(octets -> octets[0] == 127 && !(octets[1] == -1 && octets[2] == -1));
    }

    private static String text(Answer.Found<InetAddress> found) {
        return found.values().stream().map(InetAddress::getHostAddress).limit(3).collect(Collectors.joining(" "));
    }

    /** RFC 5782 §2.1 and §2.4: the octets, or the nibbles, from behind. */
    static String name(InetAddress address, String zone) {
        var octets = address.getAddress();
        var name = new StringBuilder();
        for (int i = octets.length - 1; i >= 0; i--) {
            if (octets.length == 4) {
                name.append(octets[i] & 0xff).append('.');
            } else {
                var hex = HexFormat.of().toHexDigits(octets[i]);
                name.append(hex.charAt(1)).append('.').append(hex.charAt(0)).append('.');
            }
        }
        return name.append(zone).toString();
    }

    /** RFC 5782 §2.1: a text that says why, as strange as any other. */
    private String why(InetAddress address, String zone) {
        return dns().texts(name(address, zone)) instanceof Answer.Found<String> found
                ? found.values()
                        .getFirst()
                        .replaceAll("[^ -~]", "?")
                        .substring(0, Math.min(found.values().getFirst().length(), LONGEST_REASON))
                : "";
    }

    private Dns dns() {
        return names.dns();
    }
}
