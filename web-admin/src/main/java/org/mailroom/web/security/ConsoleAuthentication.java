package org.mailroom.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Set;
import org.mailroom.admin.ApiTokenLogin;
import org.mailroom.admin.Role;
import org.mailroom.web.site.Requests;

/**
 * Tells the container who asks. The two doors are kept apart: the API knows no session, so that another site's page cannot use
 * a browser's cookie there, and the pages know no token. Whether the caller may go on is decided behind: by {@link Gate}, by the
 * API's own filter, and by the beans.
 */
@ApplicationScoped
public class ConsoleAuthentication implements HttpAuthenticationMechanism {
    /** The name under which the holder of the home's token stands in the audit. */
    private static final String PROGRAM = "launcher";

    /** The request attribute that holds the token which was shown, if it is one of a program. */
    public static final String TOKEN = "mailroom.token";

    @Inject
    private IdentityStoreHandler stores;

    @Inject
    private HomeToken token;

    @Inject
    private ApiTokenLogin tokens;

    @Inject
    private Plaintext plaintext;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (!plaintext.admits(request)) {
            return context.doNothing();
        }
        if (context.isAuthenticationRequest()) {
            return login(request, context, context.getAuthParameters().getCredential());
        }
        if (Requests.isApi(Requests.path(request))) {
            return program(request, context);
        }
        return remembered(request, context);
    }

    /**
     * The holder of the home's token, a program with one that somebody made for it, or a person with address and password
     * (RFC 7617), who has the roles of his account.
     */
    private AuthenticationStatus program(HttpServletRequest request, HttpMessageContext context) {
        var authorization = request.getHeader("Authorization");
        if (token.admits(authorization)) {
            return context.notifyContainerAboutLogin(PROGRAM, Set.of(Role.ADMINISTRATOR));
        }
        var use = HomeToken.bearer(authorization).flatMap(shown -> tokens.login(shown, request.getRemoteAddr()));
        if (use.isPresent()) {
            request.setAttribute(TOKEN, use.get());
            return context.notifyContainerAboutLogin(
                    use.get().owner(), Set.of(use.get().role()));
        }
        return BasicCredential.of(authorization, request.getRemoteAddr())
                .map(stores::validate)
                .filter(result -> result.getStatus() == Status.VALID)
                .map(result -> context.notifyContainerAboutLogin(
                        result.getCallerPrincipal().getName(), result.getCallerGroups()))
                .orElseGet(context::doNothing);
    }

    private AuthenticationStatus login(HttpServletRequest request, HttpMessageContext context, Credential credential) {
        CredentialValidationResult result = stores.validate(credential);
        if (result.getStatus() != Status.VALID) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        var name = result.getCallerPrincipal().getName();
        var session = request.getSession();
        // A session id that was known before the login is worth nothing after it.
        request.changeSessionId();
        session.setAttribute(Caller.ATTRIBUTE, new Caller(name, result.getCallerGroups(), Instant.now()));
        return context.notifyContainerAboutLogin(name, result.getCallerGroups());
    }

    private AuthenticationStatus remembered(HttpServletRequest request, HttpMessageContext context) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller
                ? context.notifyContainerAboutLogin(caller.name(), caller.groups())
                : context.doNothing();
    }
}
