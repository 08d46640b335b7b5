package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.LimitAdmin;
import org.mailroom.admin.Role;
import org.mailroom.admin.TenantInfo;

/** Domains that share what they may use. */
@Path("tenants")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TenantsResource {
    @Inject
    private LimitAdmin admin;

    @GET
    public List<TenantInfo> list() {
        return admin.tenants();
    }

    /** Makes a tenant of these {@code domains}, or gives it these from now on. */
    @PUT
    @Path("{name}")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes("domains texts = example.test")
    @Answers(TenantInfo.class)
    public Response put(@PathParam("name") String name, @Nullable JsonStructure body) throws AdminException {
        var tenant = new TenantInfo(name, Bodies.texts(Bodies.object(body), "domains"));
        return Response.status(admin.putTenant(tenant) ? 201 : 200)
                .entity(tenant)
                .build();
    }

    @DELETE
    @Path("{name}")
    @Consumes(MediaType.WILDCARD)
    public void remove(@PathParam("name") String name) throws AdminException {
        admin.removeTenant(name);
    }
}
