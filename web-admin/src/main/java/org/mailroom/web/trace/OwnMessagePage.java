package org.mailroom.web.trace;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.TraceAdmin;
import org.mailroom.admin.TraceEvent;
import org.mailroom.web.site.Csv;
import org.mailroom.web.site.Here;

/** What happened to one message that the reader sent, or that was for him. */
@Named
@RequestScoped
public class OwnMessagePage {
    @Inject
    private TraceAdmin trace;

    @Inject
    private Here here;

    private List<TraceEvent> events = List.of();

    /** Called before the page is written. */
    public void load() throws AdminException {
        events = trace.ownMessage(here.subject());
        if (events.isEmpty()) {
            here.missing();
        }
    }

    public List<TraceEvent> getEvents() {
        return events;
    }

    /** The same, as a file for a spreadsheet. */
    public void download() throws AdminException, IOException {
        Csv.send("trace.csv", TraceCsv.steps(trace.ownMessage(here.subject()).stream()));
    }
}
