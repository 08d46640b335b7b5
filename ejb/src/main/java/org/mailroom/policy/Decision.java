package org.mailroom.policy;

import java.util.List;
import org.mailroom.contract.Reason;

/**
 * What a policy says.
 *
 * @param rule the policy, or the rule in it, that decided; reply, trace and VERB name it
 * @param detail what was found, in one line: the score, the list that has the address
 * @param reason for the reply, where the answer is no
 * @param text for the client, where the answer is no: one line without reply code
 * @param edits what is to be changed in the header, at the content only
 */
public record Decision(Action action, String rule, String detail, Reason reason, String text, Edits edits) {
    /** What becomes of the connection, the command or the message. */
    public enum Action {
        /** Not this policy's business: nothing is traced, the next is asked. */
        NONE,
        /** Looked at and nothing found against it: traced, the next is asked. */
        PASS,
        /** Taken, and at this step nobody else is asked. */
        ACCEPT,
        /** For good (5xx). */
        REFUSE,
        /** For now (4xx). */
        DEFER,
        /** Taken, and put where junk belongs; the next is asked. */
        JUNK,
        /** Taken, and kept for an administrator to look at. */
        QUARANTINE,
        /** Taken, and thrown away; the trace tells it. */
        DISCARD,
        /** Taken, and reported to the sender as undeliverable. */
        BOUNCE
    }

    public static final Decision NONE = of(Action.NONE, "", "");

    private static Decision of(Action action, String rule, String detail) {
        return new Decision(action, rule, detail, Reason.POLICY, "", Edits.NONE);
    }

    public static Decision pass(String rule, String detail) {
        return of(Action.PASS, rule, detail);
    }

    public static Decision accept(String rule) {
        return of(Action.ACCEPT, rule, "");
    }

    public static Decision refuse(Reason reason, String rule, String text) {
        return new Decision(Action.REFUSE, rule, "", reason, text, Edits.NONE);
    }

    public static Decision defer(Reason reason, String rule, String text) {
        return new Decision(Action.DEFER, rule, "", reason, text, Edits.NONE);
    }

    public static Decision junk(String rule, String detail) {
        return of(Action.JUNK, rule, detail);
    }

    public static Decision quarantine(String rule, String detail) {
        return of(Action.QUARANTINE, rule, detail);
    }

    public static Decision discard(String rule, String detail) {
        return of(Action.DISCARD, rule, detail);
    }

    /** @param text for the report to the sender */
    public static Decision bounce(String rule, String detail, String text) {
        return new Decision(Action.BOUNCE, rule, detail, Reason.POLICY, text, Edits.NONE);
    }

    public Decision detail(String value) {
        return new Decision(action, rule, value, reason, text, edits);
    }

    /** Adds a field, its line end included, on top of the message. */
    public Decision add(String field) {
        return new Decision(action, rule, detail, reason, text, edits.add(field));
    }

    /** Takes fields away that came with the message. */
    public Decision remove(Edits.Removal removal) {
        return new Decision(action, rule, detail, reason, text, edits.remove(removal));
    }

    /** Whether nobody else is asked at this step. */
    boolean isLast() {
        return switch (action) {
            case NONE, PASS, JUNK -> false;
            case ACCEPT, REFUSE, DEFER, QUARANTINE, DISCARD, BOUNCE -> true;
        };
    }

    /** Whether a message that is taken does not go its usual way. */
    boolean isFate() {
        return switch (action) {
            case JUNK, QUARANTINE, DISCARD, BOUNCE -> true;
            case NONE, PASS, ACCEPT, REFUSE, DEFER -> false;
        };
    }

    /** Whether the message is not taken. */
    public boolean isNo() {
        return action == Action.REFUSE || action == Action.DEFER;
    }

    /** For VERB and the trace. */
    public String line() {
        var word = action.name().toLowerCase(java.util.Locale.ROOT);
        var more =
                List.of(detail, text).stream().filter(part -> !part.isEmpty()).toList();
        return rule + ": " + word + (more.isEmpty() ? "" : " (" + String.join("; ", more) + ")");
    }
}
