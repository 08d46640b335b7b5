package org.mailroom.web.security;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a program sends in the name of a person: {@code Basic} and base64 of address, colon and password (RFC 7617 §2). */
final class BasicCredential {
    private static final String SCHEME = "Basic ";

    private BasicCredential() {}

    static Optional<ConsoleCredential> of(@Nullable String authorization, String client) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            var octets = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            var text = new String(octets, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new ConsoleCredential(text.substring(0, colon), text.substring(colon + 1), client));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
