package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.ListAdmin;
import org.mailroom.admin.ListInfo;
import org.mailroom.admin.Role;

/** Senders and recipients that are always or never wanted. */
@Path("policy/lists")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PolicyListsResource {
    @Inject
    private ListAdmin admin;

    @GET
    public List<ListInfo> list(@QueryParam("owner") @DefaultValue("") String owner) {
        return admin.entries(owner);
    }

    /** Adds an entry, or changes what is said of its pattern. */
    @POST
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"owner? text", "subject text = sender", "pattern text = pest.test", "allow truth = false"})
    @Answers(value = ListInfo.class, status = 201)
    public Response put(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var owner = Objects.requireNonNullElse(Bodies.optionalText(wish, "owner"), "");
        var entry = new ListInfo(
                0, owner, Bodies.text(wish, "subject"), Bodies.text(wish, "pattern"), Bodies.truth(wish, "allow"));
        return Response.status(201).entity(admin.put(entry)).build();
    }

    @DELETE
    @Path("{id: \\d{1,18}}")
    public void remove(@PathParam("id") long id) throws AdminException {
        admin.remove(id);
    }
}
