package org.mailroom.web.api;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonStructure;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException;
import org.mailroom.admin.Role;
import org.mailroom.admin.SelfService;

/** In which language the server writes to whoever asks. */
@Path("self/language")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OwnLanguageResource {
    @Inject
    private SelfService self;

    @GET
    public Language language() {
        return new Language(self.language());
    }

    /** Without one: in the server's own. */
    @PUT
    @RolesAllowed(Role.USER)
    @Takes("language? text")
    public Language choose(@Nullable JsonStructure body) throws AdminException {
        self.chooseLanguage(Objects.requireNonNullElse(Bodies.optionalText(Bodies.object(body), "language"), ""));
        return language();
    }

    /** @param language en or de; empty: the server's own */
    public record Language(String language) {}
}
