package org.mailroom.web.api;

import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.mailroom.admin.AdminException;

/** Turns whatever went wrong into a problem; the one place that knows which status means what. */
@Provider
public class Problems implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(Problems.class.getName());

    /** What the answer keeps of the fields that came with a status: where to log in, what would be allowed. */
    private static final List<String> KEPT = List.of(HttpHeaders.WWW_AUTHENTICATE, HttpHeaders.ALLOW);

    @Override
    public Response toResponse(Throwable thrown) {
        return switch (thrown) {
            case AdminException refused -> answer(status(refused.kind()), refused.text());
            case EJBAccessException denied -> answer(403, "The caller may not do that");
            case AccessLocalException denied -> answer(403, "The caller may not do that");
            case JsonbException noJson -> answer(400, "The body is not the JSON that is expected here");
            case JsonException noJson -> answer(400, "The body is not the JSON that is expected here");
            case ProcessingException unread
            when unread.getCause() instanceof JsonException -> toResponse(unread.getCause());
            case WebApplicationException http -> http(http);
            default -> fault(thrown);
        };
    }

    private static int status(AdminException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
            case CONFLICT -> 409;
            case INVALID -> 422;
        };
    }

    private static Response http(WebApplicationException thrown) {
        int status = thrown.getResponse().getStatus();
        var answer = Response.fromResponse(answer(status, detail(status, thrown)));
        for (String field : KEPT) {
            var value = thrown.getResponse().getHeaderString(field);
            if (value != null) {
                answer.header(field, value);
            }
        }
        return answer.build();
    }

    private static String detail(int status, WebApplicationException thrown) {
        if (thrown instanceof Refusal ours) {
            return String.valueOf(ours.getMessage());
        }
        // The container's own words are for programmers.
        return switch (status) {
            case 400 -> "The body is not the JSON that is expected here";
            case 403 -> "The caller may not do that";
            case 404 -> "There is no such thing here";
            case 405 -> "That cannot be done here";
            case 406 -> "The API answers in JSON only";
            case 415 -> "The body must be JSON";
            default -> "The request cannot be served";
        };
    }

    private static Response fault(Throwable thrown) {
        LOG.log(Level.SEVERE, "api fault", thrown);
        return answer(500, "The server's log says what happened");
    }

    private static Response answer(int status, String detail) {
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(status, detail))
                .build();
    }
}
