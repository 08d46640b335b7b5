package org.mailroom.web.trace;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.QueueAdmin;
import org.mailroom.admin.QueueEntry;
import org.mailroom.admin.QueueSelection;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TraceEvent;
import org.mailroom.web.site.Csv;
import org.mailroom.web.site.Here;

/** What happened to one message, step by step. */
@Named("traceMessagePage")
@RequestScoped
public class MessagePage {
    @Inject
    private TraceAdmin trace;

    @Inject
    private QueueAdmin queue;

    @Inject
    private Here here;

    private List<TraceEvent> events = List.of();

    /** Called before the page is written. */
    public void load() {
        events = trace.message(here.subject());
        if (events.isEmpty()) {
            here.missing();
        }
    }

    public List<TraceEvent> getEvents() {
        return events;
    }

    /** The same, as a file for a spreadsheet. */
    public void download() throws IOException {
        Csv.send("trace.csv", TraceCsv.steps(trace.message(here.subject()).stream()));
    }

    /** The entries of this message that still wait; usually one, or none any more. */
    public List<QueueEntry> getWaiting() {
        try {
            return queue.entries(QueueSelection.of(here.subject()), 0, 20).rows().stream()
                    .filter(entry -> entry.queueId().equalsIgnoreCase(here.subject()))
                    .toList();
        } catch (AdminException unfit) {
            return List.of(); // whatever the path named, it was no queue id
        }
    }
}
