package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.mailroom.admin.LogAdmin;
import org.mailroom.admin.LogEntry;
import org.mailroom.admin.LogQuery;
import org.mailroom.admin.Page;

/** The newest lines of the log of the node that is asked. */
@Path("log")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class LogResource {
    @Inject
    private LogAdmin admin;

    /**
     * Newest first.
     *
     * @param level that lines have at least
     * @param text a part of the line
     * @param after lines with a number above this
     * @param before lines with a number below this, so that pages keep their place while new lines come; 0: all
     */
    @GET
    public Page<LogEntry> lines(
            @QueryParam("level") @DefaultValue("") String level,
            @QueryParam("text") @DefaultValue("") String text,
            @QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("before") @DefaultValue("0") long before,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        if (!level.isEmpty() && !admin.levels().contains(level)) {
            throw new Refusal(400, "\"level\" is one of " + String.join(", ", admin.levels()));
        }
        return admin.lines(new LogQuery(level, text, after, before), Paging.offset(offset), Paging.limit(limit));
    }
}
