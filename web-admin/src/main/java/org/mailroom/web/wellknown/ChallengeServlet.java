package org.mailroom.web.wellknown;

import jakarta.ejb.EJB;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.mailroom.admin.AcmeAnswers;

/** Proves to an authority that its customer's name leads here (RFC 8555 §8.3). */
public class ChallengeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @EJB
    private transient AcmeAnswers answers;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        var token = Objects.toString(request.getPathInfo(), "/").substring(1);
        var answer = answers.find(token);
        if (answer.isEmpty()) {
            // A page of the container would tell its version.
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setContentType("application/octet-stream");
        response.getOutputStream().write(answer.get().getBytes(StandardCharsets.US_ASCII));
    }
}
