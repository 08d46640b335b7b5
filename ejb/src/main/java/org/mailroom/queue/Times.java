package org.mailroom.queue;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The two times of a recipient, from the moment of acceptance.
 *
 * @param end when it is given up
 * @param notice when the sender is told that it takes long; null: he is not
 */
record Times(Duration end, @Nullable Duration notice) {
    /** @param parameters of RCPT */
    static Times of(Wishes wishes, Map<String, String> parameters, Terms terms) {
        // RFC 4865 §3: what is held does not grow old meanwhile.
        var end = terms.schedule().expire().plus(wishes.hold());
        var by = wishes.by();
        if (by != null && wishes.returns()) {
            end = RetrySchedule.shorter(end, by.isNegative() ? Duration.ZERO : by);
        }
        return new Times(end, wantsNotice(parameters) ? notice(wishes, terms) : null);
    }

    /** RFC 2852 §4.1.4: who named the time after which it is late is told then, and not before. */
    private static @Nullable Duration notice(Wishes wishes, Terms terms) {
        var by = wishes.by();
        if (by != null && !wishes.returns()) {
            return by.isNegative() ? Duration.ZERO : by;
        }
        return terms.notice().isZero() ? null : terms.notice().plus(wishes.hold());
    }

    /** RFC 3461 §4.1: where the sender says nothing, a notice may be sent. */
    private static boolean wantsNotice(Map<String, String> parameters) {
        var notify = parameters.get("NOTIFY");
        return notify == null || notify.toUpperCase(Locale.ROOT).contains("DELAY");
    }
}
