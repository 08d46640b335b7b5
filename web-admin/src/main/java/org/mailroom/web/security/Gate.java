package org.mailroom.web.security;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.mailroom.admin.ConsoleLogin;
import org.mailroom.admin.Role;
import org.mailroom.admin.Setup;
import org.mailroom.web.site.Paths;
import org.mailroom.web.site.Requests;

/** Lets everybody to the pages that his roles open, strangers to the login, and tells everybody else why not. */
public class Gate extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** So long may an account that was disabled, or that lost its role, go on. */
    private static final Duration TRUST = Duration.ofMinutes(1);

    @Inject
    private transient Plaintext plaintext;

    /** That somebody was led to the first steps since he logged in; he may leave them. */
    private static final String LED = "mailroom.led";

    @Inject
    private transient ConsoleLogin logins;

    @Inject
    private transient Setup setup;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = Requests.path(request);
        if (Requests.isApi(path) || Requests.isAsset(path)) {
            chain.doFilter(request, response);
        } else if (!plaintext.admits(request)) {
            request.setAttribute("mailroom.secure", secureAddress(request));
            forward("/WEB-INF/pages/error/insecure.xhtml", request, response);
        } else if (path.equals("/login") || Requests.isLoginElsewhere(path)) {
            chain.doFilter(request, response);
        } else if (request.getUserPrincipal() == null || !stillHolds(request)) {
            toLogin(path, request, response);
        } else if (path.equals("/") && !Doors.open(path, request::isUserInRole)) {
            response.sendRedirect(request.getContextPath() + Doors.first(request::isUserInRole));
        } else if (path.equals("/") && isFirstVisit(request) && setup.pending()) {
            response.sendRedirect(request.getContextPath() + "/setup");
        } else if (!Doors.open(path, request::isUserInRole)) {
            forward("/WEB-INF/pages/error/denied.xhtml", request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isFirstVisit(HttpServletRequest request) {
        var session = request.getSession();
        if (!request.isUserInRole(Role.ADMINISTRATOR) || session.getAttribute(LED) != null) {
            return false;
        }
        session.setAttribute(LED, true);
        return true;
    }

    private boolean stillHolds(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(Caller.ATTRIBUTE) instanceof Caller caller)) {
            return false;
        }
        return caller.judged().plus(TRUST).isAfter(Instant.now()) || judge(session, caller);
    }

    private boolean judge(HttpSession session, Caller caller) {
        boolean holds = logins.roles(caller.name()).containsAll(caller.groups());
        if (holds) {
            session.setAttribute(Caller.ATTRIBUTE, caller.judgedAt(Instant.now()));
        } else {
            session.invalidate();
        }
        return holds;
    }

    private void toLogin(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String login = request.getContextPath() + "/login";
        if (Requests.isPartial(request)) {
            // A script cannot follow a plain redirect to a page: it would take the login for its answer.
            response.setContentType("text/xml;charset=UTF-8");
            response.getWriter()
                    .write("<?xml version='1.0' encoding='UTF-8'?><partial-response><redirect url=\"" + login
                            + "\"></redirect></partial-response>");
            return;
        }
        boolean known = request.getMethod().equals("GET")
                && !path.equals("/")
                && Paths.find(path).isPresent();
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        response.sendRedirect(known ? login + "?to=" + URLEncoder.encode(path + query, StandardCharsets.UTF_8) : login);
    }

    private String secureAddress(HttpServletRequest request) {
        return "https://" + request.getServerName() + ":" + plaintext.securePort() + request.getContextPath() + "/";
    }

    private static void forward(String view, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        request.getRequestDispatcher(view).forward(request, response);
    }
}
