package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import org.mailroom.house.Nodes;
import org.mailroom.logbook.LogLevel;
import org.mailroom.logbook.LogLine;
import org.mailroom.logbook.Logbook;

/** What the node that is asked has logged lately. */
@Stateless
@RolesAllowed(Role.ADMINISTRATOR)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LogAdmin {
    @Inject
    private Logbook logbook;

    @Inject
    private Nodes nodes;

    /** Newest first; counted are those that are kept. */
    public Page<LogEntry> lines(LogQuery query, int offset, int limit) {
        var found = logbook.newest().stream().filter(query::matches).toList();
        var shown = found.stream()
                .skip(Math.max(0, offset))
                .limit(Math.clamp(limit, 1, Logbook.MOST))
                .map(this::entry)
                .toList();
        return new Page<>(shown, found.size());
    }

    private LogEntry entry(LogLine line) {
        return new LogEntry(line.number(), line.at(), nodes.name(), line.level().word(), line.source(), line.text());
    }

    /** Of which levels there are lines, the least first. */
    public List<String> levels() {
        return LogLevel.words();
    }

    /** The node whose log it is. */
    public String node() {
        return nodes.name();
    }

    public News news() {
        return new LogNews(logbook);
    }
}
