package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.SecondFactorAdmin;
import org.mailroom.admin.SecondFactorInfo;

/** What the console asks of an account beside its password. */
@Path("accounts/{address: [^@]+(?:@|%40)[^/@]+}/second-factor")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class SecondFactorsResource {
    @Inject
    private SecondFactorAdmin admin;

    @GET
    public SecondFactorInfo of(@PathParam("address") String address) throws AdminException {
        return admin.of(address);
    }

    /** For somebody who lost his device and his recovery codes. */
    @DELETE
    public void reset(@PathParam("address") String address) throws AdminException {
        admin.reset(address);
    }
}
