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
import org.mailroom.admin.ReportAdmin;
import org.mailroom.admin.ReportSums;
import org.mailroom.admin.TlsCountInfo;

/** What stands in the reports that others get from us. */
@Path("")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ReportsResource {
    @Inject
    private ReportAdmin admin;

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
}
