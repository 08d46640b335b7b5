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
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.Page;
import org.mailroom.admin.QueueAdmin;
import org.mailroom.admin.QueueEntry;

/** Mail that waits to leave. */
@Path("queue")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class QueueResource {
    @Inject
    private QueueAdmin admin;

    @GET
    public Page<QueueEntry> list(
            @QueryParam("filter") @DefaultValue("") String filter,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return admin.entries(filter, Paging.offset(offset), Paging.limit(limit));
    }

    @GET
    @Path("{id: \\d{1,18}}")
    public QueueEntry find(@PathParam("id") long id) throws AdminException {
        return admin.find(id).orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no queue entry " + id));
    }

    @POST
    @Path("{id: \\d{1,18}}/retry")
    public void retry(@PathParam("id") long id) throws AdminException {
        admin.retry(find(id).id());
    }

    @DELETE
    @Path("{id: \\d{1,18}}")
    public void delete(@PathParam("id") long id) throws AdminException {
        admin.delete(find(id).id());
    }
}
