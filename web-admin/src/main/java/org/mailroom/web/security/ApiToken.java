package org.mailroom.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The token of programs. Only its digest is configured, so that nobody who reads the configuration can use it. */
@ApplicationScoped
public class ApiToken {
    private static final String SCHEME = "Bearer ";

    /** Whether the Authorization field (RFC 6750 §2.1) carries the token. */
    public boolean admits(@Nullable String authorization) {
        var expected = ConfigProvider.getConfig().getOptionalValue("mail.api.token-sha256", String.class);
        return expected.isPresent() && matches(authorization, expected.get());
    }

    static boolean matches(@Nullable String authorization, String expectedDigest) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] token = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] expected = HexFormat.of().parseHex(expectedDigest.strip().toLowerCase(Locale.ROOT));
            // Takes the same time wherever the first difference lies.
            return MessageDigest.isEqual(MessageDigest.getInstance("SHA-256").digest(token), expected);
        } catch (IllegalArgumentException notHexadecimal) {
            return false;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
