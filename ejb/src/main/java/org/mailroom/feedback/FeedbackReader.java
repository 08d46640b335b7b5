package org.mailroom.feedback;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailroom.config.Settings;
import org.mailroom.contract.MailException;
import org.mailroom.message.Messages;
import org.mailroom.trace.OneLine;

/**
 * Reads the reports that came, some seconds later and one after another, on each node; and forgets old ones. What is broken is
 * noted as that, and not looked at again.
 */
@Singleton
@Startup
@DependsOn("Migrations")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class FeedbackReader {
    private static final System.Logger LOG = System.getLogger(FeedbackReader.class.getName());

    /** Whoever sends many of them waits for the next turn. */
    private static final int MOST = 100;

    private final AtomicBoolean running = new AtomicBoolean();

    @EJB
    private FeedbackWork work;

    @Inject
    private Messages messages;

    public FeedbackReader() {}

    FeedbackReader(FeedbackWork work, Messages messages) {
        this.work = work;
        this.messages = messages;
    }

    @Schedule(hour = "*", minute = "*", second = "*/5", persistent = false)
    public void read() {
        if (!running.compareAndSet(false, true)) {
            return; // the turn before still reads
        }
        try {
            for (int i = 0; i < MOST && next(); i++) {}
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "reports status=put-off", e);
        } finally {
            running.set(false);
        }
    }

    /** Reads one; false where none waits. */
    boolean next() throws SQLException {
        var waiting = work.claim();
        if (waiting.isEmpty()) {
            return false;
        }
        long id = waiting.get().id();
        try {
            work.settle(id, read(waiting.get()));
        } catch (Unreadable e) {
            work.giveUp(id, e.text());
        }
        return true;
    }

    private Received read(FeedbackWork.Waiting waiting) throws Unreadable {
        try {
            return Enclosed.read(messages.source(waiting.message()));
        } catch (MailException e) {
            throw new Unreadable("the message was deleted before it was read");
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "report message=" + waiting.message() + " status=unreadable", e);
            throw new Unreadable("it could not be read: " + OneLine.of(String.valueOf(e.getMessage()), 200));
        }
    }

    @Schedule(hour = "*", minute = "23", persistent = false)
    public void forget() {
        try {
            work.forget(FeedbackSettings.of(Settings.current()).keep());
        } catch (SQLException | RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "reports status=put-off", e);
        }
    }
}
