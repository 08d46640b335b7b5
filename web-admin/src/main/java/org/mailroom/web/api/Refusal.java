package org.mailroom.web.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A request that cannot be served as it is, with a sentence of ours for whoever sent it. */
final class Refusal extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    Refusal(int status, String text) {
        super(text, status);
    }

    private Refusal(Response response, String text) {
        super(text, response);
    }

    /** RFC 6750 §3. */
    static Refusal unauthorized() {
        return new Refusal(
                Response.status(401)
                        .header("WWW-Authenticate", "Bearer realm=\"Mailroom\"")
                        .build(),
                "A bearer token is needed, or address and password of an account");
    }
}
