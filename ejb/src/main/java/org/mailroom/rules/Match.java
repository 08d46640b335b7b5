package org.mailroom.rules;

/** Whether a condition or a rule holds. */
public enum Match {
    YES,
    NO,
    /** What it asks for is not known of this message. */
    UNKNOWN;

    Match negated() {
        return switch (this) {
            case YES -> NO;
            case NO -> YES;
            case UNKNOWN -> UNKNOWN;
        };
    }

    /** What comes of both. */
    Match and(Match other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : YES;
    }
}
