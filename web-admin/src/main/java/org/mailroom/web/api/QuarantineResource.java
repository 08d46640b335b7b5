package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Page;
import org.mailroom.admin.QuarantineAdmin;
import org.mailroom.admin.QuarantineEntry;

/** Mail that was set aside. */
@Path("quarantine")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class QuarantineResource {
    @Inject
    private QuarantineAdmin admin;

    @GET
    public Page<QuarantineEntry> list(
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return admin.entries(Paging.offset(offset), Paging.limit(limit));
    }

    @GET
    @Path("{id: \\d{1,18}}")
    public QuarantineEntry show(@PathParam("id") long id) throws AdminException {
        return admin.show(id);
    }

    /** Delivers it to its recipients. */
    @POST
    @Path("{id: \\d{1,18}}/release")
    public void release(@PathParam("id") long id) throws AdminException {
        admin.release(id);
    }

    @DELETE
    @Path("{id: \\d{1,18}}")
    public void delete(@PathParam("id") long id) throws AdminException {
        admin.delete(id);
    }
}
