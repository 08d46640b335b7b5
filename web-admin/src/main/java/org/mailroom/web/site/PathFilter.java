package org.mailroom.web.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Leads a clean path to its view, and hides the views' own names. */
public class PathFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    /** Request attributes: the path as it was asked for, the view behind it, and the thing that it names. */
    static final String PATH = "mailroom.path";

    static final String VIEW = "mailroom.view";
    static final String SUBJECT = "mailroom.subject";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = Requests.path(request);
        if (Requests.isAsset(path)
                || Requests.isApi(path)
                || Requests.isEvents(path)
                || Requests.isLoginElsewhere(path)) {
            chain.doFilter(request, response);
            return;
        }
        var target = Paths.find(path);
        if (target.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        show(request, response, path, target.get());
    }

    private void show(HttpServletRequest request, HttpServletResponse response, String path, Paths.Target target)
            throws IOException, ServletException {
        request.setAttribute(PATH, path);
        request.setAttribute(VIEW, target.view());
        request.setAttribute(SUBJECT, target.subject());
        request.getRequestDispatcher(target.view()).forward(request, response);
    }
}
