package org.mailroom.trace;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/** @param keep how long a step is remembered, in whole days */
public record TraceSettings(Duration keep) {
    static final int USUAL_DAYS = 30;

    public static TraceSettings of(Config config) {
        return new TraceSettings(Settings.of(config).duration("mail.trace.keep", Duration.ofDays(USUAL_DAYS)));
    }

    int days() {
        return Math.clamp(keep.toDays(), 1, 36_500);
    }
}
