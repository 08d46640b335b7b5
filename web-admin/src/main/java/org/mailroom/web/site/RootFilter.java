package org.mailroom.web.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Where the console is the server's default application, it is reached under the root as well. People are sent on to its own
 * address, so that links, cookies and bookmarks agree; programs may use either.
 */
public class RootFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String own = request.getServletContext().getContextPath();
        String path = Requests.path(request);
        if (request.getContextPath().equals(own) || Requests.isApi(path)) {
            chain.doFilter(request, response);
            return;
        }
        String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        response.sendRedirect(own + path + query);
    }
}
