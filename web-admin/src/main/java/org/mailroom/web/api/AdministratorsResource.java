package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.RoleAdmin;
import org.mailroom.admin.RoleInfo;

/** Who may administer what. */
@Path("administrators")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AdministratorsResource {
    private static final String ROLE = "{address: [^@]+(?:@|%40)[^/@]+}/{role}";

    @Inject
    private RoleAdmin admin;

    @GET
    public List<RoleInfo> list() {
        return admin.granted();
    }

    /** @param domain which one a domain administrator gets */
    @PUT
    @Path(ROLE)
    @Consumes(MediaType.WILDCARD)
    @Answers(RoleInfo.class)
    public Response grant(
            @PathParam("address") String address,
            @PathParam("role") String role,
            @QueryParam("domain") @DefaultValue("") String domain)
            throws AdminException {
        var held = new RoleInfo(address, role, domain);
        return Response.status(admin.grant(held) ? 201 : 200).entity(held).build();
    }

    @DELETE
    @Path(ROLE)
    public void revoke(
            @PathParam("address") String address,
            @PathParam("role") String role,
            @QueryParam("domain") @DefaultValue("") String domain)
            throws AdminException {
        admin.revoke(new RoleInfo(address, role, domain));
    }
}
