package org.mailroom.web.security;

import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailroom.admin.ConsoleLogin.Entry;
import org.mailroom.admin.OpenIdLogin;
import org.mailroom.web.site.Requests;

/**
 * The login at an issuer elsewhere (OpenID Connect): there, back, and out.
 *
 * <p>The session's cookie is not sent when another site leads here (SameSite=Strict), so the login under way has a cookie of its
 * own, and whoever came back is led on by a page of ours and no redirect, which the browser takes for the other site's still.
 */
public class OpenIdServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    static final String PATH = "/login/openid/";

    /** The session attribute: with what we say goodbye to the issuer. */
    static final String TOKEN = "mailroom.id-token";

    private static final String COOKIE = "MAILROOM-OPENID";
    private static final int MINUTES_10 = 600;

    @Inject
    private transient OpenIdLogin logins;

    @Inject
    private transient SecurityContext security;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (Requests.path(request).substring(PATH.length())) {
            case "begin" -> begin(request, response);
            case "back" -> back(request, response);
            case "out" -> out(request, response);
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var wanted = LoginPage.wanted(parameter(request, "to"));
        var begun = logins.begin(logins.redirect().orElseGet(() -> here(request, PATH + "back")), wanted);
        if (begun.isEmpty()) {
            failed(request, response);
            return;
        }
        var kept = begun.get().kept().getBytes(StandardCharsets.UTF_8);
        response.addCookie(
                cookie(request, Base64.getUrlEncoder().withoutPadding().encodeToString(kept), MINUTES_10));
        response.sendRedirect(begun.get().at().toString());
    }

    private void back(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var entered = logins.end(
                kept(request),
                parameter(request, "code"),
                parameter(request, "state"),
                parameter(request, "iss"),
                request.getRemoteAddr());
        response.addCookie(cookie(request, "", 0));
        var wanted = entered.map(OpenIdLogin.Entered::wanted).orElse("");
        switch (entered.map(OpenIdLogin.Entered::entry).orElseGet(Entry.Refused::new)) {
            case Entry.Admitted admitted
            when enters(request, response, admitted) -> onward(response, request.getContextPath() + wanted);
            case Entry.CodeWanted(var whose) -> {
                HalfWay.begin(request.getSession(), whose);
                onward(
                        response,
                        request.getContextPath() + "/login?to=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8));
            }
            case Entry.Admitted _, Entry.Refused _, Entry.Later _ -> {
                failed(request, response);
                return;
            }
        }
        request.getSession()
                .setAttribute(TOKEN, entered.map(OpenIdLogin.Entered::idToken).orElse(""));
    }

    private boolean enters(HttpServletRequest request, HttpServletResponse response, Entry.Admitted admitted) {
        var admission = AuthenticationParameters.withParams().credential(new Admission(admitted));
        return security.authenticate(request, response, admission) == AuthenticationStatus.SUCCESS;
    }

    /** He is logged out here already; the token says at the issuer who is. */
    private void out(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession(false);
        var token = session == null ? "" : Objects.toString(session.getAttribute(TOKEN), "");
        if (session != null) {
            session.invalidate();
        }
        var goodbye = token.isEmpty() ? Optional.<java.net.URI>empty() : logins.goodbye(token, here(request, "/login"));
        onward(response, goodbye.map(Object::toString).orElse(request.getContextPath() + "/login"));
    }

    private static void failed(HttpServletRequest request, HttpServletResponse response) throws IOException {
        onward(response, request.getContextPath() + "/login?openid=failed");
    }

    /** An address of ours as the browser knows us. */
    private static String here(HttpServletRequest request, String path) {
        var url = request.getRequestURL();
        return url.substring(0, url.length() - request.getRequestURI().length()) + request.getContextPath() + path;
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Objects.toString(request.getParameter(name), "");
    }

    private static String kept(HttpServletRequest request) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(COOKIE))
                .findFirst()
                .flatMap(cookie -> decoded(cookie.getValue()))
                .orElse("");
    }

    private static Optional<String> decoded(String value) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Cookie cookie(HttpServletRequest request, String value, int seconds) {
        var cookie = new Cookie(COOKIE, value);
        cookie.setPath(request.getContextPath() + PATH);
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setMaxAge(seconds);
        cookie.setAttribute("SameSite", "Lax");
        return cookie;
    }

    private static void onward(HttpServletResponse response, String address) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        var escaped = address.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
        response.getWriter().write("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="UTF-8"><title>Mailroom</title><link rel="icon" href="data:,">
                <meta http-equiv="refresh" content="0;url=%1$s"></head>
                <body><main><h1>Mailroom</h1><p><a href="%1$s">Continue</a></p></main></body></html>
                """.formatted(escaped));
    }
}
