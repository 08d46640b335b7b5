package org.mailroom.web.queue;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.QueueAdmin;
import org.mailroom.admin.QueueEntry;
import org.mailroom.admin.QueueSelection;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Texts;

/** One queued message, named by the path. */
@Named("queueEntryPage")
@RequestScoped
public class EntryPage {
    @Inject
    private QueueAdmin admin;

    @Inject
    private Deeds deeds;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    @Inject
    private Links links;

    private Optional<QueueEntry> entry = Optional.empty();
    private String to = "";

    /** Called before the page is written. An entry that has just left is no error: its trace tells the rest. */
    public void load() {
        entry = number(here.subject()).flatMap(admin::find);
        if (entry.isEmpty()) {
            notices.problem(texts.of("queue.gone"));
            here.go(links.to("/queue"));
        }
    }

    /** Also asked for before the deed is done, when nothing has been read yet: then null, at which the page shows nothing. */
    public @Nullable QueueEntry getEntry() {
        return entry.orElse(null);
    }

    public String getHeader() {
        return entry.flatMap(found -> admin.header(found.id())).orElse("");
    }

    public void act(String action) {
        number(here.subject()).ifPresent(id -> deeds.run(action, QueueSelection.of(id), to, 1));
        if (action.equals("delete")) {
            here.go(links.to("/queue"));
        } else {
            here.again();
        }
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    static Optional<Long> number(String typed) {
        try {
            return Optional.of(Long.valueOf(typed));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
