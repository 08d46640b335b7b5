package org.mailroom.web.api;

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
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.RoleAdmin;
import org.mailroom.admin.RoleInfo;

/** Who may administer what. */
@Path("administrators")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AdministratorsResource {
    @Inject
    private RoleAdmin admin;

    @GET
    public List<RoleInfo> list() {
        return admin.granted();
    }

    @POST
    @Takes({"address text = ann@example.test", "role text = help-desk", "domain? text"})
    public RoleInfo grant(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var role = new RoleInfo(
                Bodies.text(wish, "address").strip(),
                Bodies.text(wish, "role").strip(),
                Objects.requireNonNullElse(Bodies.optionalText(wish, "domain"), "")
                        .strip());
        admin.grant(role);
        return role;
    }

    @DELETE
    @Path("{address: [^@]+(?:@|%40)[^/@]+}/{role}")
    public void revoke(
            @PathParam("address") String address,
            @PathParam("role") String role,
            @QueryParam("domain") @DefaultValue("") String domain)
            throws AdminException {
        admin.revoke(new RoleInfo(address, role, domain));
    }
}
