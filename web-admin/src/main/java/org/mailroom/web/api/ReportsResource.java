package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.mailroom.admin.FeedbackAdmin;
import org.mailroom.admin.ReceivedLine;
import org.mailroom.admin.ReceivedReport;
import org.mailroom.admin.ReceivedSums;
import org.mailroom.admin.ReportAdmin;
import org.mailroom.admin.ReportSums;
import org.mailroom.admin.TlsCountInfo;

/** What stands in the reports that others get from us, and in those that we get from them. */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReportsResource {
    @Inject
    private ReportAdmin admin;

    @Inject
    private FeedbackAdmin feedback;

    /** By domain. @param days how far back, today included */
    @GET
    @Path("reports")
    public ReportSums sums(@QueryParam("days") @DefaultValue("7") int days) {
        return admin.sums(days);
    }

    /**
     * At most a thousand rows.
     *
     * @param domain to which mail went; empty: all
     * @param days how far back, today included
     */
    @GET
    @Path("tls-counts")
    public List<TlsCountInfo> tls(
            @QueryParam("domain") @DefaultValue("") String domain, @QueryParam("days") @DefaultValue("7") int days) {
        return admin.tls(domain, days);
    }

    /** What others report of our domains, by domain. @param days in which it came, today included */
    @GET
    @Path("reports/received/sums")
    public ReceivedSums receivedSums(@QueryParam("days") @DefaultValue("7") int days) {
        return feedback.sums(days);
    }

    /**
     * Their reports, and messages that were to be some and could not be read, the newest first, at most a thousand.
     *
     * @param domain on which they report; empty: all
     * @param days in which they came, today included
     */
    @GET
    @Path("reports/received")
    public List<ReceivedReport> received(
            @QueryParam("domain") @DefaultValue("") String domain, @QueryParam("days") @DefaultValue("7") int days) {
        return feedback.reports(domain, days);
    }

    /**
     * What stands in them, at most a thousand rows.
     *
     * @param domain on which they report; empty: all
     * @param days in which they came, today included
     */
    @GET
    @Path("reports/received/lines")
    public List<ReceivedLine> receivedLines(
            @QueryParam("domain") @DefaultValue("") String domain, @QueryParam("days") @DefaultValue("7") int days) {
        return feedback.lines(domain, days);
    }
}
