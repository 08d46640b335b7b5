package org.mailroom.web.site;

import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.primefaces.csp.CspException;

/** Where the container sends what went wrong outside of a page: people get a page, programs a problem (RFC 9457). */
public class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (failed(request).startsWith(request.getServletContext().getContextPath() + "/api")) {
            problem(response);
        } else if (expired(request)) {
            // The session ended while the page was open, or a form came without the nonce of its page. The same page
            // anew, or
            // the login before it.
            response.sendRedirect(failed(request));
        } else {
            request.getRequestDispatcher("/WEB-INF/pages/error/error.xhtml").forward(request, response);
        }
    }

    private static String failed(HttpServletRequest request) {
        return Objects.toString(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), "");
    }

    private static boolean expired(HttpServletRequest request) {
        var fault = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        for (int depth = 0; fault instanceof Throwable cause && depth < 10; depth++) {
            if (cause instanceof ViewExpiredException || cause instanceof CspException) {
                return true;
            }
            fault = cause.getCause();
        }
        return false;
    }

    private static void problem(HttpServletResponse response) throws IOException {
        int status = response.getStatus();
        response.setContentType("application/problem+json");
        response.getWriter()
                .write("{\"type\":\"about:blank\",\"status\":%d,\"title\":\"%s\"}"
                        .formatted(status, status < 500 ? "The request cannot be served" : "Internal error"));
    }
}
