package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DirectoryAdmin;
import org.mailroom.admin.DirectoryInfo;
import org.mailroom.admin.DirectoryStep;
import org.mailroom.admin.DirectorySync;
import org.mailroom.admin.DirectoryWish;
import org.mailroom.admin.Role;

/** Directories of others in which accounts of our domains live. */
@Path("directories")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class DirectoriesResource {
    @Inject
    private DirectoryAdmin admin;

    @GET
    public List<DirectoryInfo> list() {
        return admin.all();
    }

    /** Adds one, or changes what is named of the one that is there. */
    @POST
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({
        "name text = corp",
        "domains? texts = corp.test",
        "servers? texts = ldaps://dc.corp.test",
        "startTls? truth",
        "trust? text",
        "bind? text",
        "password? text",
        "base? text = dc=corp",
        "preset? text = openldap",
        "mapping? text",
        "lines? texts",
        "adopts? truth",
        "syncMinutes? number",
        "removalLimit? number",
        "enabled? truth"
    })
    @Answers(DirectoryInfo.class)
    public Response put(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var name = Bodies.text(wish, "name");
        boolean added = admin.put(new DirectoryWish(
                name,
                texts(wish, "domains"),
                texts(wish, "servers"),
                truth(wish, "startTls"),
                Bodies.optionalText(wish, "trust"),
                Bodies.optionalText(wish, "bind"),
                Bodies.optionalText(wish, "password"),
                Bodies.optionalText(wish, "base"),
                Bodies.optionalText(wish, "preset"),
                Bodies.optionalText(wish, "mapping"),
                lines(wish),
                truth(wish, "adopts"),
                number(wish, "syncMinutes"),
                number(wish, "removalLimit"),
                truth(wish, "enabled")));
        return Response.status(added ? 201 : 200)
                .entity(admin.find(name).orElseThrow())
                .build();
    }

    private static @Nullable List<String> texts(JsonObject wish, String field) {
        return wish.containsKey(field) ? Bodies.texts(wish, field) : null;
    }

    private static @Nullable Boolean truth(JsonObject wish, String field) {
        return wish.containsKey(field) ? Boolean.valueOf(Bodies.truth(wish, field)) : null;
    }

    private static @Nullable Integer number(JsonObject wish, String field) {
        var number = wish.containsKey(field) ? Bodies.limit(wish, field) : null;
        return number == null ? null : Integer.valueOf((int) Math.clamp(number, -1, Integer.MAX_VALUE));
    }

    /** Lines {@code what=attribute} of the mapping. */
    private static Map<String, String> lines(JsonObject wish) {
        var lines = new HashMap<String, String>();
        for (var line : Bodies.texts(wish, "lines")) {
            int at = line.indexOf('=');
            if (at < 1) {
                throw new Refusal(400, "A line of the mapping is: what=attribute");
            }
            lines.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
        }
        return lines;
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name) throws AdminException {
        admin.remove(name);
    }

    /** Tries it step by step. */
    @POST
    @Path("{name}/test")
    public List<DirectoryStep> test(@PathParam("name") String name) throws AdminException {
        return admin.test(name);
    }

    /** The last comparisons, the newest first. */
    @GET
    @Path("{name}/syncs")
    public List<DirectorySync> syncs(@PathParam("name") String name) throws AdminException {
        return admin.syncs(name);
    }

    /** Compares all of it with our accounts; {@code dryRun} changes nothing. */
    @POST
    @Path("{name}/syncs")
    @RolesAllowed(Role.ADMINISTRATOR)
    @Takes({"dryRun? truth = true"})
    public DirectorySync sync(@PathParam("name") String name, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        return admin.sync(name, wish.containsKey("dryRun") && Bodies.truth(wish, "dryRun"));
    }
}
