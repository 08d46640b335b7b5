package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DomainAdmin;
import org.mailroom.admin.DomainInfo;
import org.mailroom.admin.Role;

/** The domains whose mail we take. */
@Path("domains")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DomainsResource {
    @Inject
    private DomainAdmin admin;

    @GET
    public List<DomainInfo> list() {
        return admin.domains();
    }

    @POST
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"name text = new.test", "relayed? truth", "aliasOf? text"})
    @Answers(Added.class)
    public Response add(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        String name = Bodies.text(wish, "name").strip();
        boolean added = add(wish, name);
        return Response.status(added ? 201 : 200).entity(new Added(name, added)).build();
    }

    private boolean add(JsonObject wish, String name) throws AdminException {
        var of = Bodies.optionalText(wish, "aliasOf");
        if (of != null) {
            return admin.addAlias(name, of);
        }
        return wish.containsKey("relayed") && Bodies.truth(wish, "relayed") ? admin.addRelayed(name) : admin.add(name);
    }

    /** Changes who gets what is for nobody; null: it is refused. */
    @PATCH
    @Path("{name}")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"catchAll text = ann@example.test"})
    public void change(@PathParam("name") String name, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        if (wish.isEmpty()) {
            throw new Refusal(400, "The body names catchAll");
        }
        admin.catchAll(name, Bodies.optionalText(wish, "catchAll"));
    }

    /** Gives it the name {@code to}; {@code keepOld}: the old one stays as another name. */
    @POST
    @Path("{name}/rename")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"to text = renamed.test", "keepOld? truth"})
    public void rename(@PathParam("name") String name, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        admin.rename(
                name, Bodies.text(wish, "to").strip(), !wish.containsKey("keepOld") || Bodies.truth(wish, "keepOld"));
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name) throws AdminException {
        admin.remove(name);
    }

    /** @param created false where it was there already */
    public record Added(String name, boolean created) {}
}
