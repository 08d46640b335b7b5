package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AddressAdmin;
import org.mailroom.admin.AddressExplained;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AliasInfo;
import org.mailroom.admin.ForwardInfo;
import org.mailroom.admin.GroupInfo;
import org.mailroom.admin.GroupMember;
import org.mailroom.admin.Page;
import org.mailroom.admin.Role;

/** Addresses whose mail goes on to others, and where mail for any address would go. */
@Path("addresses")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AddressesResource {
    private static final String ADDRESS = "{address: [^@]+(?:@|%40)[^/@]+}";

    @Inject
    private AddressAdmin admin;

    @GET
    @Path("explain")
    public AddressExplained explain(@QueryParam("address") @DefaultValue("") String address) throws AdminException {
        return admin.explain(address);
    }

    @GET
    @Path("aliases")
    public List<AliasInfo> aliases() {
        return admin.aliases();
    }

    /** Adds an alias, or has it lead elsewhere. */
    @PUT
    @Path("aliases/" + ADDRESS)
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes("targets texts = ann@example.test")
    @Answers(AliasInfo.class)
    public Response putAlias(@PathParam("address") String address, @Nullable JsonStructure body) throws AdminException {
        var alias = new AliasInfo(address, Bodies.texts(Bodies.object(body), "targets"));
        return put(admin.putAlias(alias), alias);
    }

    @DELETE
    @Path("aliases/" + ADDRESS)
    public void removeAlias(@PathParam("address") String address) throws AdminException {
        admin.removeAlias(address);
    }

    @GET
    @Path("forwards")
    public List<ForwardInfo> forwards() {
        return admin.forwards();
    }

    /** Sends an account's mail on, or elsewhere from now on. */
    @PUT
    @Path("forwards/" + ADDRESS)
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"keepsCopy truth = true", "targets texts = ann@there.test"})
    @Answers(ForwardInfo.class)
    public Response putForward(@PathParam("address") String account, @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        var forward = new ForwardInfo(account, Bodies.truth(wish, "keepsCopy"), Bodies.texts(wish, "targets"));
        return put(admin.putForward(forward), forward);
    }

    @DELETE
    @Path("forwards/" + ADDRESS)
    public void removeForward(@PathParam("address") String address) throws AdminException {
        admin.removeForward(address);
    }

    @GET
    @Path("groups")
    public List<GroupInfo> groups() {
        return admin.groups();
    }

    @GET
    @Path("groups/" + ADDRESS)
    public GroupInfo group(@PathParam("address") String address) throws AdminException {
        return admin.group(address)
                .orElseThrow(() -> new AdminException(AdminException.Kind.NOT_FOUND, "There is no group " + address));
    }

    /** Who is in a group, and what each is; groups in groups are named, not opened. */
    @GET
    @Path("groups/" + ADDRESS + "/members")
    public Page<GroupMember> members(
            @PathParam("address") String address,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit)
            throws AdminException {
        return admin.members(address, Paging.offset(offset), Paging.limit(limit));
    }

    /** Adds a group, or puts another in its place. */
    @PUT
    @Path("groups/" + ADDRESS)
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({
        "displayName? text = The team",
        "whoMaySend? text = anybody",
        "owner? text",
        "members texts = ann@example.test"
    })
    @Answers(GroupInfo.class)
    public Response putGroup(@PathParam("address") String address, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var group = new GroupInfo(
                address,
                Objects.requireNonNullElse(Bodies.optionalText(wish, "displayName"), ""),
                Objects.requireNonNullElse(Bodies.optionalText(wish, "whoMaySend"), "anybody"),
                Bodies.optionalText(wish, "owner"),
                Bodies.texts(wish, "members"));
        return put(admin.putGroup(group), group);
    }

    /** Changes who is in it: {@code join} and {@code leave} are lists of addresses. */
    @PATCH
    @Path("groups/" + ADDRESS)
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"join? texts = bob@example.test", "leave? texts"})
    public GroupInfo changeMembers(@PathParam("address") String address, @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        return admin.changeMembers(address, Bodies.texts(wish, "join"), Bodies.texts(wish, "leave"));
    }

    /** Who lets through what others send to a group. */
    @GET
    @Path("groups/" + ADDRESS + "/moderators")
    public List<String> moderators(@PathParam("address") String address) throws AdminException {
        return admin.moderators(address);
    }

    /** The body names all {@code moderators}; none: what others send is refused. */
    @PUT
    @Path("groups/" + ADDRESS + "/moderators")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"moderators texts = ann@example.test"})
    public void putModerators(@PathParam("address") String address, @Nullable JsonStructure body)
            throws AdminException {
        admin.putModerators(address, Bodies.texts(Bodies.object(body), "moderators"));
    }

    @DELETE
    @Path("groups/" + ADDRESS)
    public void removeGroup(@PathParam("address") String address) throws AdminException {
        admin.removeGroup(address);
    }

    private static Response put(boolean added, Object what) {
        return Response.status(added ? 201 : 200).entity(what).build();
    }
}
