package org.mailroom.web.queue;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Page;
import org.mailroom.admin.QueueAdmin;
import org.mailroom.admin.QueueEntry;
import org.mailroom.admin.QueueSelection;
import org.mailroom.web.site.Here;
import org.mailroom.web.site.Links;
import org.mailroom.web.site.Notices;
import org.mailroom.web.site.Rows;
import org.mailroom.web.site.Texts;

/** The mail that waits to leave, page by page, with the reason why each is still here, and what can be done to many. */
@Named
@ViewScoped
public class QueuePage implements Serializable {
    private static final long serialVersionUID = 1L;

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

    private String filter = "";
    private String state = "";
    private String domain = "";
    private String reply = "";
    private String olderThan = "";
    private String to = "";
    private long total;
    private transient @Nullable Rows<QueueEntry> rows;

    public Rows<QueueEntry> getRows() {
        var known = rows;
        if (known == null) {
            known = new Rows<>(this::page);
            rows = known;
        }
        return known;
    }

    private Page<QueueEntry> page(int offset, int limit) {
        try {
            var page = admin.entries(selection(List.of()), offset, limit);
            total = page.total();
            return page;
        } catch (AdminException refused) {
            notices.problem(refused.text());
            return new Page<>(List.of(), 0);
        }
    }

    private QueueSelection selection(List<Long> ids) {
        return new QueueSelection(ids, filter, state, domain, "", "", reply, olderThan);
    }

    /** One of the buttons was pressed: what it says is done to the entries that are ticked, or to all that match. */
    public void act() {
        var row = here.chosen("retry");
        var ids = row.isEmpty() ? ticked() : EntryPage.number(row).stream().toList();
        boolean all = row.isEmpty() && !here.parameter("all").isEmpty();
        if (ids.isEmpty() && !all) {
            notices.problem(texts.of("queue.noneTicked"));
        } else {
            // What was ticked is meant as it is, whatever of it the filter would find by now.
            var meant = all ? selection(List.of()) : QueueSelection.of(ids);
            long seen = all ? EntryPage.number(here.parameter("all")).orElse(0L) : ids.size();
            deeds.run(row.isEmpty() ? here.chosen("act") : "retry", meant, to, seen);
        }
        here.go(address());
    }

    private List<Long> ticked() {
        var ids = new ArrayList<Long>();
        here.all("ticked").stream()
                .map(EntryPage::number)
                .flatMap(Optional::stream)
                .forEach(ids::add);
        return ids;
    }

    /** This page with its filter. */
    private String address() {
        return links.queue(filter, state, domain, reply, olderThan);
    }

    public boolean isNarrowed() {
        return !selection(List.of()).isEverything();
    }

    public long getTotal() {
        return total;
    }

    public String getFilter() {
        return filter;
    }

    public void setFilter(@Nullable String filter) {
        this.filter = text(filter);
    }

    public String getState() {
        return state;
    }

    public void setState(@Nullable String state) {
        this.state = text(state);
    }

    public String getDomain() {
        return domain;
    }

    public void setDomain(@Nullable String domain) {
        this.domain = text(domain);
    }

    public String getReply() {
        return reply;
    }

    public void setReply(@Nullable String reply) {
        this.reply = text(reply);
    }

    public String getOlderThan() {
        return olderThan;
    }

    public void setOlderThan(@Nullable String olderThan) {
        this.olderThan = text(olderThan);
    }

    public String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = text(to);
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}
