package org.mailroom.web.site;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * What browsers may do with our answers. Pages get a second policy from PrimeFaces, which names the scripts of that one answer
 * by a nonce; a browser obeys both.
 */
public class HeadersFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final String FRAME =
            "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-src 'none'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String path = Requests.path(request);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        response.setHeader("Content-Security-Policy", Requests.isApi(path) ? "default-src 'none'; " + FRAME : FRAME);
        if (path.startsWith("/assets/")) {
            // The address changes with the content.
            response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        } else if (!Requests.isAsset(path)) {
            // A page may show a password once; no cache keeps it, and "back" after a logout shows nothing.
            response.setHeader("Cache-Control", "no-store");
        }
        chain.doFilter(request, response);
    }
}
