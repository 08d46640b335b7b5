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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Role;
import org.mailroom.admin.SharedMailboxAdmin;
import org.mailroom.admin.SharedMailboxInfo;
import org.mailroom.admin.SharedMailboxMember;

/** Mailboxes that belong to nobody in particular, and who shares them. */
@Path("shared-mailboxes")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SharedMailboxesResource {
    private static final String ADDRESS = "{address: [^@/]+(?:@|%40)[^/@]+}";

    @Inject
    private SharedMailboxAdmin admin;

    @GET
    public List<SharedMailboxInfo> list() {
        return admin.all();
    }

    /** Adds one, or changes its name and quota. */
    @PUT
    @Path(ADDRESS)
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"displayName? text = Information", "quotaOctets? number"})
    @Answers(SharedMailboxInfo.class)
    public Response put(@PathParam("address") String address, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var name = Objects.requireNonNullElse(Bodies.optionalText(wish, "displayName"), "");
        var quota = wish.containsKey("quotaOctets") ? Bodies.limit(wish, "quotaOctets") : null;
        boolean added = admin.put(address, name, quota);
        return Response.status(added ? 201 : 200)
                .entity(admin.find(address).orElseThrow())
                .build();
    }

    @DELETE
    @Path(ADDRESS)
    public void remove(@PathParam("address") String address) throws AdminException {
        admin.remove(address);
    }

    /** Adds a member, or gives it other rights. */
    @PUT
    @Path(ADDRESS + "/members/{member}")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"rights? text = work", "sends? text = no"})
    @Answers(SharedMailboxInfo.class)
    public Response member(
            @PathParam("address") String address, @PathParam("member") String who, @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        var member = new SharedMailboxMember(
                who,
                Objects.requireNonNullElse(Bodies.optionalText(wish, "rights"), "work"),
                Objects.requireNonNullElse(Bodies.optionalText(wish, "sends"), "no"));
        int before = members(admin.find(address));
        var box = admin.member(address, member);
        return Response.status(members(Optional.of(box)) > before ? 201 : 200)
                .entity(box)
                .build();
    }

    private static int members(Optional<SharedMailboxInfo> box) {
        return box.map(there -> there.members().size()).orElse(0);
    }

    @DELETE
    @Path(ADDRESS + "/members/{member}")
    public void removeMember(@PathParam("address") String address, @PathParam("member") String member)
            throws AdminException {
        admin.removeMember(address, member);
    }
}
