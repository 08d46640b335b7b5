package org.mailroom.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** The token in the home, with which the commands of this machine ask. Only its digest is configured, so that nobody who reads the configuration can use it. */
@ApplicationScoped
public class HomeToken {
    private static final String SCHEME = "Bearer ";

    /** Whether the Authorization field (RFC 6750 §2.1) carries the token. */
    public boolean admits(@Nullable String authorization) {
        var expected = ConfigProvider.getConfig().getOptionalValue("mail.api.token-sha256", String.class);
        return expected.isPresent() && matches(authorization, expected.get());
    }

    /** What stands behind {@code Bearer}; empty where the field is another. */
    static Optional<String> bearer(@Nullable String authorization) {
        return authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.empty()
                : Optional.of(authorization.substring(SCHEME.length()).strip());
    }

    static boolean matches(@Nullable String authorization, String expectedDigest) {
        var shown = bearer(authorization);
        if (shown.isEmpty()) {
            return false;
        }
        byte[] token = shown.get().getBytes(StandardCharsets.UTF_8);
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
