package org.mailroom.feedback;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.mailroom.config.Settings;
import org.mailroom.contract.Envelope;

/** Notes, as mail comes in, that a message is to be read as a report. It is delivered like any other. */
@ApplicationScoped
public class Feedback {
    @Resource(lookup = "jdbc/mail")
    private DataSource database;

    private FeedbackSettings settings = new FeedbackSettings(List.of(), Duration.ZERO);

    public Feedback() {}

    Feedback(DataSource database, FeedbackSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @PostConstruct
    void configure() {
        settings = FeedbackSettings.of(Settings.current());
    }

    /** Whether one of the recipients is where reports come in. */
    public boolean isFor(Envelope envelope) {
        return !settings.addresses().isEmpty()
                && envelope.recipients().stream().anyMatch(recipient -> settings.names(recipient.address()));
    }

    /** In the caller's transaction: it is read some seconds after that. */
    public void note(String queueId, long message) {
        try (var connection = database.getConnection()) {
            new FeedbackTable(connection).note(queueId, message);
        } catch (SQLException e) {
            throw new IllegalStateException("the report was not noted", e);
        }
    }
}
