package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.HeldMessage;
import org.mailroom.admin.ModerationAdmin;
import org.mailroom.admin.Role;

/** What waits at groups for their moderators. */
@Path("moderation")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ModerationResource {
    private static final String ID = "{id: [0-9]{1,18}}";

    @Inject
    private ModerationAdmin admin;

    @GET
    public List<HeldMessage> held() {
        return admin.held();
    }

    @POST
    @Path(ID + "/approve")
    public void approve(@PathParam("id") long id) throws AdminException {
        admin.approve(id);
    }

    /** The body may name a {@code reason} for the author. */
    @POST
    @Path(ID + "/refuse")
    @RolesAllowed({Role.ADMINISTRATOR, Role.USER})
    @Takes({"reason? text"})
    public void refuse(@PathParam("id") long id, @Nullable JsonStructure body) throws AdminException {
        admin.refuse(id, Objects.requireNonNullElse(Bodies.optionalText(Bodies.object(body), "reason"), ""));
    }
}
