package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.DescribedMail;
import org.mailroom.admin.Role;
import org.mailroom.admin.RuleAdmin;
import org.mailroom.admin.RuleMatch;

/** Tries the rules on mail that somebody only describes. */
@Path("policy/test")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PolicyTestResource {
    @Inject
    private RuleAdmin admin;

    /** Which rules would match a message that the body describes. */
    @POST
    @RolesAllowed({Role.ADMINISTRATOR, Role.AUDITOR})
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
