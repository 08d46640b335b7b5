package org.mailroom.web.api;

import jakarta.ws.rs.core.Response;

/** Why a request was not carried out (RFC 9457). */
public record Problem(String type, String title, int status, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String detail) {
        var known = Response.Status.fromStatusCode(status);
        // RFC 9457 §4.2.1: about:blank says that the title is the phrase of the status.
        String title = known != null ? known.getReasonPhrase() : status == 422 ? "Unprocessable Content" : "Problem";
        return new Problem("about:blank", title, status, detail);
    }
}
