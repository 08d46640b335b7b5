package org.mailroom.receive;

import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/** How the messages of our users are taken. */
public record SubmissionSettings(ForeignAuthor foreignAuthor) {
    public static SubmissionSettings of(Config config) {
        return new SubmissionSettings(
                Settings.of(config).choice("mail.submission.foreign-author", ForeignAuthor.REFUSE));
    }
}
