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
import org.mailroom.admin.AuthenticityAdmin;
import org.mailroom.admin.DmarcCountInfo;

/** What DMARC came to. */
@Path("dmarc-counts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class DmarcCountsResource {
    @Inject
    private AuthenticityAdmin admin;

    /**
     * At most a thousand rows.
     *
     * @param domain of From or of the record's owner; empty: all
     * @param days how far back, today included
     */
    @GET
    public List<DmarcCountInfo> list(
            @QueryParam("domain") @DefaultValue("") String domain, @QueryParam("days") @DefaultValue("7") int days) {
        return admin.counts(domain, days);
    }
}
