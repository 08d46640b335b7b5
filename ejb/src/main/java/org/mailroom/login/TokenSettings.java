package org.mailroom.login;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * Whose tokens are taken for logins; none where neither keys nor introspection is named.
 *
 * @param issuer that a token must name
 * @param audience of which a token must name one
 * @param claim that holds the account's address
 * @param keys where the issuer's keys are (RFC 7517)
 * @param introspection where the issuer is asked about a token (RFC 7662)
 */
record TokenSettings(
        Optional<String> issuer,
        List<String> audience,
        String claim,
        Duration clockSkew,
        Optional<URI> keys,
        Optional<URI> introspection,
        String clientId,
        String clientSecret) {
    /** Whoever can change what is read without TLS can open every mailbox. */
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    TokenSettings {
        audience = List.copyOf(audience);
    }

    static TokenSettings of(Config config) {
        var settings = Settings.of(config);
        var read = new TokenSettings(
                settings.text("mail.login.oauth.issuer"),
                settings.list("mail.login.oauth.audience"),
                settings.text("mail.login.oauth.claim", "email"),
                settings.duration("mail.login.oauth.clock-skew", Duration.ofMinutes(1)),
                uri(settings, "mail.login.oauth.keys"),
                uri(settings, "mail.login.oauth.introspection"),
                settings.text("mail.login.oauth.client-id", ""),
                settings.text("mail.login.oauth.client-secret", ""));
        // A key signs for whoever asks its issuer: without these, a token for another service would open mailboxes.
        if (read.keys.isPresent() && (read.issuer.isEmpty() || read.audience.isEmpty())) {
            throw new IllegalArgumentException(
                    "configuration: mail.login.oauth.keys needs mail.login.oauth.issuer and mail.login.oauth.audience");
        }
        return read;
    }

    static Optional<URI> uri(Settings settings, String key) {
        return settings.text(key)
                .map(text -> safe(text)
                        .orElseThrow(() -> Settings.wrong(
                                key,
                                text,
                                "an address such as https://id.example.org/keys (http on this machine only)")));
    }

    /** An address that nobody on the way can change; empty where it is none. */
    static Optional<URI> safe(String text) {
        try {
            var uri = URI.create(text);
            boolean here = "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            return uri.getHost() != null && "https".equals(uri.getScheme()) || here
                    ? Optional.of(uri)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "TokenSettings[issuer=" + issuer + "]";
    }
}
