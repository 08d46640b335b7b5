package org.mailroom.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.Reason;
import org.mailroom.policy.Decision;
import org.mailroom.policy.Facts;

/** A rule, ready to be asked. */
public record Rule(Written written, List<Condition> conditions) {
    private static final int MOST_CONDITIONS = 20;
    private static final int LONGEST_REASON = 200;

    public Rule {
        conditions = List.copyOf(conditions);
    }

    /** What becomes of a message for which all conditions hold. */
    public enum Action {
        /** Policies of taste stay out: block lists, greylisting, spam. It opens no relay and lets no virus in. */
        ALLOW,
        REFUSE,
        DEFER,
        JUNK,
        QUARANTINE,
        DISCARD,
        BOUNCE
    }

    /**
     * A rule as its administrator wrote it.
     *
     * @param name by which reply and trace name it
     * @param position the lower is asked first
     * @param conditions all must hold
     * @param reason for the client or the sender; may be empty
     */
    public record Written(
            String name, int position, boolean enabled, Action action, List<String> conditions, String reason) {
        public Written {
            conditions = List.copyOf(conditions);
        }
    }

    public static Rule of(Written written) throws BadRule {
        if (!written.name().matches("[A-Za-z0-9._-]{1,60}")) {
            throw new BadRule("The name of a rule has letters, digits, dots and dashes, such as no-programs");
        }
        if (written.conditions().isEmpty() || written.conditions().size() > MOST_CONDITIONS) {
            throw new BadRule("A rule has from 1 to " + MOST_CONDITIONS + " conditions");
        }
        if (written.reason().length() > LONGEST_REASON || !written.reason().matches("[ -~]*")) {
            throw new BadRule("The reason is one line of at most " + LONGEST_REASON + " ASCII characters");
        }
        var conditions = new ArrayList<Condition>();
        for (var condition : written.conditions()) {
            conditions.add(Condition.parse(condition));
        }
        return new Rule(written, conditions);
    }

    public static Action action(String word) throws BadRule {
        try {
            return Action.valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadRule("The action is allow, refuse, defer, junk, quarantine, discard or bounce");
        }
    }

    /** The step at which all that it asks for is known. */
    Step step() {
        return conditions.stream()
                .map(condition -> condition.subject().kind().step)
                .max(Comparator.naturalOrder())
                .orElse(Step.CONTENT);
    }

    public Match match(Seen seen) {
        var match = Match.YES;
        for (var condition : conditions) {
            match = match.and(condition.match(seen));
            if (match == Match.NO) {
                break;
            }
        }
        return match;
    }

    /** The conditions that nothing known of the message answers. */
    public List<String> unanswered(Seen seen) {
        return conditions.stream()
                .filter(condition -> condition.match(seen) == Match.UNKNOWN)
                .map(Condition::text)
                .toList();
    }

    /** As reply and trace name it. */
    String title() {
        return "rule " + written.name();
    }

    Decision decide(Facts facts) {
        var rule = title();
        var said = written.reason().isEmpty() ? "Not wanted here" : written.reason();
        var text = said + " (" + rule + ")";
        return switch (written.action()) {
            case ALLOW -> {
                facts.put(Facts.ALLOWED, rule);
                yield Decision.pass(rule, "allowed");
            }
            case REFUSE -> Decision.refuse(Reason.POLICY, rule, text);
            case DEFER -> Decision.defer(Reason.NOT_YET, rule, text);
            case JUNK -> Decision.junk(rule, written.reason());
            case QUARANTINE -> Decision.quarantine(rule, written.reason());
            case DISCARD -> Decision.discard(rule, written.reason());
            case BOUNCE -> Decision.bounce(rule, written.reason(), text);
        };
    }
}
