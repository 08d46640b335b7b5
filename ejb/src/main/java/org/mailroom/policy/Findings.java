package org.mailroom.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailroom.policy.Decision.Action;

/**
 * What was decided about a message, from its connection to its final dot.
 *
 * @param decisions in the order in which they were made
 * @param facts what was found out
 */
public record Findings(List<Decision> decisions, Map<String, String> facts) {
    private static final String SPAM_STATUS = "X-Spam-Status";

    public Findings {
        decisions = List.copyOf(decisions);
        facts = Map.copyOf(facts);
    }

    /** The one that does not let it go its way. A refusal outweighs what was decided before. */
    public Optional<Decision> fate() {
        return decisions.stream()
                .filter(decision -> decision.action() == Action.REFUSE || decision.action() == Action.DEFER)
                .findFirst()
                .or(() -> decisions.stream()
                        .filter(decision -> decision.isLast() && decision.action() != Action.ACCEPT)
                        .findFirst());
    }

    public boolean isJunk() {
        return decisions.stream().anyMatch(decision -> decision.action() == Action.JUNK);
    }

    /** Fields to be put on top; of junk, one that tells the user's programs why, and no other of that name. */
    public Edits edits() {
        var edits = Edits.of(decisions);
        return isJunk() ? edits.remove(Edits.Removal.of(SPAM_STATUS)).add(spamStatus()) : edits;
    }

    private String spamStatus() {
        return decisions.stream()
                .filter(decision -> decision.action() == Action.JUNK)
                .map(decision -> (decision.rule() + ": " + decision.detail()).replaceAll("[^ -~]", "?"))
                .collect(Collectors.joining(";\r\n\t", SPAM_STATUS + ": Yes, ", "\r\n"));
    }

    /** For VERB. */
    public List<String> story() {
        return decisions.stream().map(Decision::line).toList();
    }
}
