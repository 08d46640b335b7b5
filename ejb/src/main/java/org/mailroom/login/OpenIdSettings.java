package org.mailroom.login;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.mailroom.config.Settings;

/**
 * Who vouches for people at the console; nobody where no issuer is named.
 *
 * @param issuer as he names himself; his metadata are below it (OpenID Connect Discovery §4)
 * @param clientSecret empty: we have none, and PKCE alone binds the code to us
 * @param claim that holds the account's address
 * @param groups the claim that holds groups
 * @param roles group → the roles that it gives, those for a domain as {@code role@domain}
 * @param hold how long roles that groups gave hold
 * @param secondFactor values of {@code amr} or {@code acr} by which he says that he asked for a second factor
 * @param redirect where browsers come back; empty: under the address by which they came
 * @param label of the way in, for people; empty: the page's own words
 */
public record OpenIdSettings(
        Optional<URI> issuer,
        String clientId,
        String clientSecret,
        List<String> scopes,
        String claim,
        String groups,
        Map<String, List<String>> roles,
        Duration hold,
        List<String> secondFactor,
        String redirect,
        String label) {
    public OpenIdSettings {
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
        secondFactor = List.copyOf(secondFactor);
    }

    static OpenIdSettings of(Config config) {
        var settings = Settings.of(config);
        var issuer = TokenSettings.uri(settings, "mail.console.openid.issuer");
        var clientId = settings.text("mail.console.openid.client-id", "");
        if (issuer.isPresent() && clientId.isEmpty()) {
            throw new IllegalArgumentException(
                    "configuration: mail.console.openid.issuer needs mail.console.openid.client-id");
        }
        var scopes = settings.list("mail.console.openid.scopes");
        var secondFactor = settings.list("mail.console.openid.second-factor");
        return new OpenIdSettings(
                issuer,
                clientId,
                settings.text("mail.console.openid.client-secret", ""),
                scopes.isEmpty() ? List.of("openid", "email") : scopes,
                settings.text("mail.console.openid.claim", "email"),
                settings.text("mail.console.openid.groups", "groups"),
                roles(settings.list("mail.console.openid.roles")),
                settings.duration("mail.console.openid.hold", Duration.ofHours(12)),
                // RFC 8176 §2
                secondFactor.isEmpty() ? List.of("mfa") : secondFactor,
                settings.text("mail.console.openid.redirect", ""),
                settings.text("mail.console.openid.label", ""));
    }

    private static Map<String, List<String>> roles(List<String> lines) {
        var roles = new LinkedHashMap<String, List<String>>();
        for (var line : lines) {
            int at = line.lastIndexOf('=');
            if (at < 1 || at == line.length() - 1) {
                throw Settings.wrong("mail.console.openid.roles", line, "GROUP=ROLE, or several parted by commas");
            }
            roles.computeIfAbsent(line.substring(0, at).strip(), none -> new ArrayList<>())
                    .add(line.substring(at + 1).strip());
        }
        return roles;
    }

    @Override
    public String toString() {
        return "OpenIdSettings[issuer=" + issuer + "]";
    }
}
