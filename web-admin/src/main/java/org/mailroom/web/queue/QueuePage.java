package org.mailroom.web.queue;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.QueueAdmin;
import org.mailroom.admin.QueueEntry;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Rows;
import org.mailroom.web.site.Texts;

/** The mail that waits to leave, page by page, with the reason why each is still here. */
@Named
@ViewScoped
public class QueuePage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private QueueAdmin admin;

    @Inject
    private Notices notices;

    @Inject
    private Texts texts;

    @Inject
    private Here here;

    @Inject
    private Links links;

    private String filter = "";
    private transient @Nullable Rows<QueueEntry> rows;

    public Rows<QueueEntry> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>((offset, limit) -> admin.entries(filter.strip(), offset, limit));
            rows = known;
        }
        return known;
    }

    public void retry() {
        EntryPage.number(here.chosen("retry")).flatMap(admin::find).ifPresentOrElse(this::retry, this::gone);
        here.go(filter.isBlank() ? links.to("/queue") : links.queue(filter));
    }

    private void retry(QueueEntry entry) {
        admin.retry(entry.id());
        notices.done(texts.of("queue.retried", entry.queueId()));
    }

    private void gone() {
        notices.problem(texts.of("queue.gone"));
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = filter == null ? "" : filter;
    }
}
