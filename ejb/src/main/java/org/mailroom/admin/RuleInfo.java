package org.mailroom.admin;

import java.util.List;

/**
 * A rule on mail.
 *
 * @param position the lower is asked first
 * @param action allow, refuse, defer, junk, quarantine, discard or bounce
 * @param conditions such as {@code sender is *@there.example}; all must hold
 * @param reason for the client or the sender; may be empty
 */
public record RuleInfo(
        String name, int position, boolean enabled, String action, List<String> conditions, String reason) {
    /** Where nobody says another. */
    public static final int POSITION = 100;

    public RuleInfo {
        conditions = List.copyOf(conditions);
    }
}
