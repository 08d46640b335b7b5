package org.mailroom.web.api;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DescribedMail;
import org.mailroom.admin.DryRun;
import org.mailroom.admin.RuleAdmin;
import org.mailroom.admin.RuleInfo;
import org.mailroom.admin.RuleMatch;

/** Rules on mail. */
@Path("policy/rules")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PolicyRulesResource {
    @Inject
    private RuleAdmin admin;

    @GET
    public List<RuleInfo> list() {
        return admin.rules();
    }

    /** Adds a rule, or puts another in its place. */
    @POST
    @Takes({
        "name text = no-pests",
        "position? number = 100",
        "enabled? truth = false",
        "action text = junk",
        "conditions texts = sender is pest.test",
        "reason? text = No pests"
    })
    @Answers(RuleInfo.class)
    public Response put(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var position = wish.containsKey("position") ? Bodies.limit(wish, "position") : null;
        var reason = Bodies.optionalText(wish, "reason");
        var wanted = new RuleInfo(
                Bodies.text(wish, "name").strip(),
                position == null ? RuleInfo.POSITION : Math.clamp(position, 0, 1_000_000),
                !wish.containsKey("enabled") || Bodies.truth(wish, "enabled"),
                Bodies.text(wish, "action").strip(),
                orNone(texts(wish, "conditions")),
                reason == null ? "" : reason.strip());
        boolean added = admin.put(wanted);
        return Response.status(added ? 201 : 200).entity(wanted).build();
    }

    @DELETE
    @Path("{name}")
    public void remove(@PathParam("name") String name) throws AdminException {
        admin.remove(name);
    }

    /** Which rules would match a message that the body describes. */
    @POST
    @Path("test")
    @Takes({
        "address? text = 192.0.2.1",
        "helo? text",
        "tls? text",
        "role? text",
        "login? text",
        "sender? text = x@pest.test",
        "recipients? texts",
        "size? number",
        "header? object",
        "attachments? texts",
        "facts? object"
    })
    public List<RuleMatch> test(@Nullable JsonStructure body) throws AdminException {
        var mail = Bodies.object(body);
        return admin.test(new DescribedMail(
                Bodies.optionalText(mail, "address"),
                Bodies.optionalText(mail, "helo"),
                Bodies.optionalText(mail, "tls"),
                Bodies.optionalText(mail, "role"),
                Bodies.optionalText(mail, "login"),
                Bodies.optionalText(mail, "sender"),
                texts(mail, "recipients"),
                mail.containsKey("size") ? Bodies.limit(mail, "size") : null,
                map(mail, "header"),
                texts(mail, "attachments"),
                map(mail, "facts")));
    }

    /** What a rule would have done to the mail of the last days. */
    @GET
    @Path("{name}/dry-run")
    public DryRun dryRun(@PathParam("name") String name, @QueryParam("days") @DefaultValue("7") String days)
            throws AdminException {
        return admin.dryRun(name, days.matches("\\d{1,4}") ? Integer.parseInt(days) : 7);
    }

    private static List<String> orNone(@Nullable List<String> texts) {
        return texts == null ? List.of() : texts;
    }

    private static @Nullable List<String> texts(JsonObject body, String field) {
        return switch (body.get(field)) {
            case null -> null;
            case JsonArray array ->
                array.stream().map(value -> text(value, field)).toList();
            default -> throw new Refusal(400, "\"" + field + "\" is a list of texts");
        };
    }

    private static Map<String, String> map(JsonObject body, String field) {
        return switch (body.get(field)) {
            case null -> Map.of();
            case JsonObject object -> {
                var map = new LinkedHashMap<String, String>();
                object.forEach((name, value) -> map.put(name, text(value, field)));
                yield map;
            }
            default -> throw new Refusal(400, "\"" + field + "\" is an object of texts");
        };
    }

    private static String text(JsonValue value, String field) {
        if (value instanceof JsonString text) {
            return text.getString();
        }
        throw new Refusal(400, "\"" + field + "\" holds texts");
    }
}
