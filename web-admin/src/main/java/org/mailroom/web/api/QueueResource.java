package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.Page;
import org.mailroom.admin.QueueAdmin;
import org.mailroom.admin.QueueDone;
import org.mailroom.admin.QueueEntry;
import org.mailroom.admin.QueueSelection;
import org.mailroom.admin.Role;

/** Mail that waits to leave. */
@Path("queue")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class QueueResource {
    @Inject
    private QueueAdmin admin;

    /** What narrows a list; each may be left out. */
    public static class Wanted {
        @QueryParam("filter")
        @DefaultValue("")
        private String filter = "";

        @QueryParam("state")
        @DefaultValue("")
        private String state = "";

        @QueryParam("domain")
        @DefaultValue("")
        private String domain = "";

        @QueryParam("sender")
        @DefaultValue("")
        private String sender = "";

        @QueryParam("recipient")
        @DefaultValue("")
        private String recipient = "";

        @QueryParam("reply")
        @DefaultValue("")
        private String reply = "";

        @QueryParam("olderThan")
        @DefaultValue("")
        private String olderThan = "";

        QueueSelection selection() {
            return new QueueSelection(List.of(), filter, state, domain, sender, recipient, reply, olderThan);
        }
    }

    @GET
    public Page<QueueEntry> list(
            @BeanParam Wanted wanted,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit)
            throws AdminException {
        return admin.entries(wanted.selection(), Paging.offset(offset), Paging.limit(limit));
    }

    @GET
    @Path("{id: \\d{1,18}}")
    public QueueEntry find(@PathParam("id") long id) throws AdminException {
        return there(id, admin.find(id));
    }

    /** As it was received, an octet a character. */
    @GET
    @Path("{id: \\d{1,18}}/header")
    @Produces("text/plain; charset=ISO-8859-1")
    public String header(@PathParam("id") long id) throws AdminException {
        return there(id, admin.header(id));
    }

    @GET
    @Path("{id: \\d{1,18}}/message")
    @Produces("text/plain; charset=ISO-8859-1")
    public String message(@PathParam("id") long id) throws AdminException {
        return there(id, admin.message(id));
    }

    private static <T> T there(long id, Optional<T> found) throws AdminException {
        return found.orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no queue entry " + id));
    }

    /**
     * Does something to entries, by {@code ids} or by what narrows a list. Then {@code count} says how many messages the
     * caller saw; where there are more by now, nothing is done.
     */
    @POST
    @Path("actions")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({
        "action text = retry",
        "ids? numbers",
        "filter? text = nothing-is-called-so",
        "state? text",
        "domain? text",
        "sender? text",
        "recipient? text",
        "reply? text",
        "olderThan? text",
        "count? number = 0",
        "to? text"
    })
    public QueueDone act(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var selection = selection(wish);
        long seen = selection.ids().isEmpty() ? count(wish) : selection.ids().size();
        var done = act(Bodies.text(wish, "action"), selection, or(wish, "to"), seen);
        if (done.messages() == 0 && !selection.ids().isEmpty()) {
            throw new AdminException(Kind.NOT_FOUND, "None of these queue entries is there, or can be changed now");
        }
        return done;
    }

    private QueueDone act(String action, QueueSelection selection, String to, long seen) throws AdminException {
        return switch (action) {
            case "retry" -> admin.retry(selection, seen);
            case "hold" -> admin.hold(selection, seen);
            case "release" -> admin.release(selection, seen);
            case "reroute" -> admin.reroute(selection, to, seen);
            case "bounce" -> admin.bounce(selection, seen);
            case "delete" -> admin.delete(selection, seen);
            default -> throw new Refusal(400, "\"action\" is retry, hold, release, reroute, bounce or delete");
        };
    }

    private static QueueSelection selection(JsonObject wish) {
        return new QueueSelection(
                ids(wish),
                or(wish, "filter"),
                or(wish, "state"),
                or(wish, "domain"),
                or(wish, "sender"),
                or(wish, "recipient"),
                or(wish, "reply"),
                or(wish, "olderThan"));
    }

    private static List<Long> ids(JsonObject wish) {
        return switch (wish.getOrDefault("ids", JsonValue.EMPTY_JSON_ARRAY)) {
            case JsonArray array
            when array.stream().allMatch(JsonNumber.class::isInstance) ->
                array.getValuesAs(JsonNumber.class).stream()
                        .map(JsonNumber::longValue)
                        .toList();
            default -> throw new Refusal(400, "\"ids\" is a list of numbers");
        };
    }

    private static long count(JsonObject wish) {
        if (wish.get("count") instanceof JsonNumber number) {
            return number.longValue();
        }
        throw new Refusal(400, "\"count\" is needed: how many messages this concerns at most");
    }

    private static String or(JsonObject wish, String field) {
        var text = Bodies.optionalText(wish, field);
        return text == null ? "" : text;
    }
}
