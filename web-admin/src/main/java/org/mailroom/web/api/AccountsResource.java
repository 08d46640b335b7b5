package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AccountAdmin;
import org.mailroom.admin.AccountChange;
import org.mailroom.admin.AccountImport;
import org.mailroom.admin.AccountInfo;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.admin.Created;
import org.mailroom.admin.ImportedAccount;
import org.mailroom.admin.NewAccount;
import org.mailroom.admin.Page;
import org.mailroom.admin.Role;

/** Accounts. An address may hold a slash, so the path of one reaches to its end; its @ may come escaped. */
@Path("accounts")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccountsResource {
    private static final String ADDRESS = "{address: [^@]+(?:@|%40)[^/@]+}";
    private static final String ALIAS = "{alias: [^@]+(?:@|%40)[^/@]+}";

    @Inject
    private AccountAdmin admin;

    @Inject
    private AccountImport imports;

    @GET
    public Page<AccountInfo> list(
            @QueryParam("filter") @DefaultValue("") String filter,
            @QueryParam("offset") @DefaultValue("0") String offset,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return admin.accounts(filter, Paging.offset(offset), Paging.limit(limit));
    }

    @GET
    @Path(ADDRESS)
    public AccountInfo find(@PathParam("address") String address) throws AdminException {
        return admin.find(address)
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no account " + address));
    }

    /** The answer holds the password where it was generated, this once. */
    @POST
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"address text = new@example.test", "displayName? text = Ann", "password? text", "overrideRules? truth"})
    @Answers(Created.class)
    public Response add(@Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var made = admin.add(new NewAccount(
                Bodies.text(wish, "address").strip(),
                Objects.requireNonNullElse(Bodies.optionalText(wish, "displayName"), ""),
                Bodies.optionalText(wish, "password"),
                unruled(wish)));
        return Response.status(made.created() ? 201 : 200).entity(made).build();
    }

    /**
     * Adds the accounts of a table, {@code csv}, as a spreadsheet saves it.
     *
     * @param dryRun true: only answers what would become of each line
     * @param perLine true: adds what can be added; else all lines or none
     */
    @POST
    @Path("import")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"csv text = address\nnew@example.test"})
    public List<ImportedAccount> importTable(
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @QueryParam("perLine") @DefaultValue("false") boolean perLine,
            @Nullable JsonStructure body)
            throws AdminException {
        return imports.run(Bodies.text(Bodies.object(body), "csv"), dryRun, perLine);
    }

    /** Changes what the body names and nothing else. */
    @PATCH
    @Path(ADDRESS)
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"displayName? text = Ann", "enabled? truth", "quotaOctets? number", "quotaMessages? number"})
    public AccountInfo change(@PathParam("address") String address, @Nullable JsonStructure body)
            throws AdminException {
        var wish = Bodies.object(body);
        if (wish.isEmpty()) {
            throw new Refusal(400, "The body names one or more of enabled, displayName, quotaOctets, quotaMessages");
        }
        return admin.change(address, change(wish, find(address)));
    }

    /** Disables it; its mail goes when the time of grace is over. */
    @DELETE
    @Path(ADDRESS)
    @Consumes(MediaType.WILDCARD)
    public Removed remove(@PathParam("address") String address) throws AdminException {
        return new Removed(address, admin.remove(address));
    }

    /** @param removal when its mail goes */
    public record Removed(String address, Instant removal) {}

    @POST
    @Path(ADDRESS + "/restore")
    public AccountInfo restore(@PathParam("address") String address) throws AdminException {
        admin.restore(address);
        return find(address);
    }

    /** Gives it the address that the body names as {@code to}; {@code keepOld}: the old one stays as an alias. */
    @POST
    @Path(ADDRESS + "/move")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"to text = moved@example.test", "keepOld? truth"})
    public AccountInfo move(@PathParam("address") String address, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var to = Bodies.text(wish, "to").strip();
        admin.move(address, to, !wish.containsKey("keepOld") || Bodies.truth(wish, "keepOld"));
        return find(to);
    }

    /** Gives it another address; postmaster and abuse of a domain move to it from whoever had them. */
    @PUT
    @Path(ADDRESS + "/aliases/" + ALIAS)
    @Consumes(MediaType.WILDCARD)
    @Answers(AccountInfo.class)
    public Response alias(@PathParam("address") String address, @PathParam("alias") String alias)
            throws AdminException {
        boolean added = admin.alias(address, alias);
        return Response.status(added ? 201 : 200).entity(find(address)).build();
    }

    @DELETE
    @Path(ADDRESS + "/aliases/" + ALIAS)
    @Consumes(MediaType.WILDCARD)
    public AccountInfo removeAlias(@PathParam("address") String address, @PathParam("alias") String alias)
            throws AdminException {
        admin.removeAlias(address, alias);
        return find(address);
    }

    /** From the instant {@code at} on it is disabled; null: never. */
    @POST
    @Path(ADDRESS + "/expiry")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"at? text = 2040-01-31T00:00:00Z"})
    public AccountInfo expire(@PathParam("address") String address, @Nullable JsonStructure body)
            throws AdminException {
        admin.expire(address, Bodies.time(Bodies.object(body), "at"));
        return find(address);
    }

    /** Writes to its user in the {@code language} of the body (en, de) from now on; without one, in the server's. */
    @POST
    @Path(ADDRESS + "/language")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
    @Takes({"language? text = de"})
    public void language(@PathParam("address") String address, @Nullable JsonStructure body) throws AdminException {
        var language = Bodies.optionalText(Bodies.object(body), "language");
        admin.language(address, Objects.requireNonNullElse(language, ""));
    }

    /** Sets the password that the body holds, or else a generated one, which the answer tells this once. */
    @POST
    @Path(ADDRESS + "/password")
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK})
    @Takes({"password? text", "overrideRules? truth"})
    public Created password(@PathParam("address") String address, @Nullable JsonStructure body) throws AdminException {
        var wish = Bodies.object(body);
        var chosen = Bodies.optionalText(wish, "password");
        return chosen != null && unruled(wish)
                ? admin.setUnruledPassword(address, chosen)
                : admin.resetPassword(address, chosen);
    }

    /** Whether the caller answers for a password that the rules would refuse. */
    private static boolean unruled(JsonObject wish) {
        return wish.containsKey("overrideRules") && Bodies.truth(wish, "overrideRules");
    }

    private static AccountChange change(JsonObject body, AccountInfo now) {
        boolean quota = body.containsKey("quotaOctets") || body.containsKey("quotaMessages");
        return new AccountChange(
                body.containsKey("displayName")
                        ? Objects.requireNonNullElse(Bodies.optionalText(body, "displayName"), "")
                        : null,
                quota
                        ? new AccountChange.Quota(
                                body.containsKey("quotaOctets") ? Bodies.limit(body, "quotaOctets") : now.quotaOctets(),
                                body.containsKey("quotaMessages")
                                        ? Bodies.limit(body, "quotaMessages")
                                        : now.quotaMessages())
                        : null,
                body.containsKey("enabled") ? Bodies.truth(body, "enabled") : null);
    }
}
