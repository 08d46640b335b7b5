package org.mailroom.web.site;

import jakarta.servlet.http.HttpServletRequest;

/** What a request asks for, as text of the client: not decoded, and without the context root. */
public final class Requests {
    private Requests() {}

    public static String path(HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        int parameters = path.indexOf(';');
        String plain = parameters < 0 ? path : path.substring(0, parameters);
        return plain.isEmpty() ? "/" : plain;
    }

    /** Style, scripts and pictures, the same for everybody. */
    public static boolean isAsset(String path) {
        return path.startsWith("/assets/") || path.startsWith("/jakarta.faces.resource/");
    }

    public static boolean isApi(String path) {
        return path.equals("/api") || path.startsWith("/api/");
    }

    /** What tells open pages that there is something new. */
    public static boolean isEvents(String path) {
        return path.startsWith("/events/");
    }

    /** The steps of a login at an issuer, which are no pages. */
    public static boolean isLoginElsewhere(String path) {
        return path.startsWith("/login/openid/");
    }

    /** A partial request of a page's script, which takes no plain redirect for an answer. */
    public static boolean isPartial(HttpServletRequest request) {
        return "partial/ajax".equals(request.getHeader("Faces-Request"));
    }
}
