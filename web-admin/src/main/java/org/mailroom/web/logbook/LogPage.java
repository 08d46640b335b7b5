package org.mailroom.web.logbook;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.LogAdmin;
import org.mailroom.admin.LogEntry;
import org.mailroom.admin.LogQuery;
import org.mailroom.admin.Page;
import org.mailroom.web.logbook.LogText.Part;
import org.mailroom.web.site.Links;

/** The newest lines of the node's log; what they name is a link. */
@Named
@RequestScoped
public class LogPage {
    private static final int SHOWN = 100;

    @Inject
    private LogAdmin admin;

    @Inject
    private Links links;

    private String level = "";
    private String text = "";
    private String before = "";
    private Page<LogEntry> found = new Page<>(List.of(), 0);

    /** Called once, before the page is written. */
    public void load() {
        found = admin.lines(query(), 0, SHOWN);
    }

    private LogQuery query() {
        return new LogQuery(level, text, 0, before.matches("\\d{1,18}") ? Long.parseLong(before) : 0);
    }

    public String getNode() {
        return admin.node();
    }

    public List<String> getLevels() {
        return admin.levels();
    }

    public List<Line> getLines() {
        return found.rows().stream().map(Line::of).toList();
    }

    public long getTotal() {
        return found.total();
    }

    /** Older lines than those that are shown; empty where there are none. */
    public String getOlder() {
        return found.total() <= found.rows().size()
                ? ""
                : links.log(level, text, String.valueOf(found.rows().getLast().number()));
    }

    /** The newest lines; empty where they are shown. */
    public String getNewest() {
        return before.isEmpty() ? "" : links.log(level, text, "");
    }

    /** Where the page of what is named is; empty where nothing is. */
    public String href(Part part) {
        return switch (part.named()) {
            case NOTHING -> "";
            case MESSAGE -> links.trace(part.text());
            case SESSION -> links.watch(part.text());
            case ADDRESS -> links.find(part.text());
        };
    }

    public String getLevel() {
        return level;
    }

    public void setLevel(@Nullable String level) {
        this.level = level == null ? "" : level;
    }

    public String getText() {
        return text;
    }

    public void setText(@Nullable String text) {
        this.text = text == null ? "" : text;
    }

    /** The number of a line, older ones than which are shown; empty: the newest. */
    public String getBefore() {
        return before;
    }

    public void setBefore(@Nullable String before) {
        this.before = before == null ? "" : before;
    }

    /** @param tone of the mark beside it */
    public record Line(Instant at, String level, String tone, String source, List<Part> parts) {
        static Line of(LogEntry entry) {
            var tone = switch (entry.level()) {
                case "error" -> "bad";
                case "warning" -> "slow";
                default -> "plain";
            };
            return new Line(entry.at(), entry.level(), tone, entry.source(), LogText.parts(entry.text()));
        }
    }
}
