package org.mailroom.admin;

import java.util.List;

/**
 * Whether a rule matches a message that was described.
 *
 * @param match yes, no or unknown
 * @param unanswered the conditions that the description says nothing about
 */
public record RuleMatch(String name, String action, boolean enabled, String match, List<String> unanswered) {
    public RuleMatch {
        unanswered = List.copyOf(unanswered);
    }
}
