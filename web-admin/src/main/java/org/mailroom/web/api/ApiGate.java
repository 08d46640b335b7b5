package org.mailroom.web.api;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Set;
import org.mailroom.admin.ApiTokenUse;
import org.mailroom.admin.TokenInUse;
import org.mailroom.web.security.ConsoleAuthentication;
import org.mailroom.web.security.Plaintext;

/** Strangers learn whether the server lives and is ready, and not even which other paths there are. */
@Provider
@PreMatching
public class ApiGate implements ContainerRequestFilter {
    /** No request has a reason to be longer. */
    private static final int LONGEST = 1 << 20;

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OPEN = Set.of("live", "ready");

    @Inject
    private Plaintext plaintext;

    @Inject
    private TokenInUse used;

    @Context
    private HttpServletRequest servlet;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        if (OPEN.contains(request.getUriInfo().getPath().replace("/", ""))) {
            return;
        }
        if (!plaintext.admits(servlet)) {
            throw new Refusal(403, "A token may pass here over TLS only");
        }
        // What somebody who is known may do is judged behind, at the beans.
        if (request.getSecurityContext().getUserPrincipal() == null) {
            throw Refusal.unauthorized();
        }
        if (servlet.getAttribute(ConsoleAuthentication.TOKEN) instanceof ApiTokenUse token) {
            admit(token, request.getMethod());
        }
        byte[] body = request.getEntityStream().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            throw new Refusal(413, "The request is too long");
        }
        if (body.length == 0) {
            // Some clients name a type for a body that they do not send.
            request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        }
        request.setEntityStream(new ByteArrayInputStream(body));
    }

    private void admit(ApiTokenUse token, String method) {
        if (token.readOnly() && !READING.contains(method)) {
            throw new Refusal(403, "The token may only read");
        }
        used.is(token);
    }
}
