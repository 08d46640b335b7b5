package org.mailroom.login;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.mailroom.config.Secrets;
import org.mailroom.config.Settings;

/**
 * Logins at the issuer of the settings, each from its beginning to its end. What is known in between is sealed and stays with the
 * browser, so that any node can end what another began, and nobody fills our memory.
 */
@ApplicationScoped
public class OpenIdLogins {
    private static final System.Logger LOG = System.getLogger(OpenIdLogins.class.getName());
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String PLACE = "openid login";
    private static final int LONGEST_CODE = 4096;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private Secrets secrets;

    private OpenIdSettings settings;
    private @Nullable OpenIdIssuer issuer;

    public OpenIdLogins() {}

    OpenIdLogins(Secrets secrets, Config config) {
        this.secrets = secrets;
        use(config);
    }

    @PostConstruct
    void configure() {
        use(Settings.current());
    }

    private void use(Config config) {
        settings = OpenIdSettings.of(config);
        issuer = settings.issuer().map(at -> new OpenIdIssuer(settings, at)).orElse(null);
    }

    @PreDestroy
    void close() {
        if (issuer != null) {
            issuer.close();
        }
    }

    public OpenIdSettings settings() {
        return settings;
    }

    /**
     * The first step of a browser.
     *
     * @param at where it goes
     * @param kept what it keeps until it is back
     */
    public record Begun(URI at, String kept) {}

    /**
     * Empty where there is no issuer, or he does not answer.
     *
     * @param redirect where it comes back
     * @param wanted the page that it wants then
     */
    public Optional<Begun> begin(String redirect, String wanted) {
        var there = issuer;
        if (there == null) {
            return Optional.empty();
        }
        var trip = new Trip(
                random(), random(), random(), redirect, wanted, Instant.now().plus(LONGEST));
        try {
            return Optional.of(new Begun(
                    there.authorization(redirect, trip.state, trip.nonce, trip.verifier),
                    secrets.seal(PLACE, trip.text())));
        } catch (OpenIdIssuer.NoAnswer e) {
            unanswered(e);
            return Optional.empty();
        }
    }

    /**
     * What a browser brings back (OpenID Connect Core §3.1.2.5, RFC 9207).
     *
     * @param issuer empty where it names none
     */
    public record Back(String code, String state, String issuer) {
        @Override
        public String toString() {
            return "Back[" + issuer + "]";
        }
    }

    /**
     * For whom the issuer vouched.
     *
     * @param roles that his groups give him, and until when they hold
     * @param secondFactor whether the issuer asked for one
     * @param wanted the page that he wanted
     * @param idToken to say goodbye with
     */
    public record Arrived(
            String address, Set<String> roles, Instant until, boolean secondFactor, String wanted, String idToken) {
        public Arrived {
            roles = Set.copyOf(roles);
        }

        @Override
        public String toString() {
            return "Arrived[" + address + "]";
        }
    }

    /** @param kept what the browser was given at the beginning */
    public Optional<Arrived> end(String kept, Back back) {
        var there = issuer;
        var trip = there == null ? null : trip(kept);
        if (there == null || trip == null || !trip.isOf(back, settings)) {
            return Optional.empty();
        }
        try {
            return there.redeem(back.code, trip.redirect, trip.nonce, trip.verifier)
                    .map(vouched -> new Arrived(
                            vouched.address(),
                            there.roles(vouched.groups()),
                            Instant.now().plus(settings.hold()),
                            vouched.secondFactor(),
                            trip.wanted,
                            vouched.idToken()));
        } catch (OpenIdIssuer.NoAnswer e) {
            unanswered(e);
            return Optional.empty();
        }
    }

    /** Where somebody logs out at the issuer too; empty where he cannot, or nobody answers. */
    public Optional<URI> goodbye(String idToken, String back) {
        var there = issuer;
        try {
            return there == null ? Optional.empty() : there.end(idToken, back);
        } catch (OpenIdIssuer.NoAnswer e) {
            unanswered(e);
            return Optional.empty();
        }
    }

    private static void unanswered(OpenIdIssuer.NoAnswer e) {
        LOG.log(
                System.Logger.Level.WARNING,
                "openid status=no-answer problem=" + LoginCheck.printable(String.valueOf(e.getMessage())));
    }

    private @Nullable Trip trip(String kept) {
        if (!Secrets.isSealed(kept)) {
            return null;
        }
        try {
            return Trip.of(secrets.open(PLACE, kept));
        } catch (IllegalStateException | IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static String random() {
        var octets = new byte[32];
        RANDOM.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** One login under way. */
    private record Trip(String state, String nonce, String verifier, String redirect, String wanted, Instant until) {
        String text() {
            return String.join("\n", state, nonce, verifier, redirect, wanted, until.toString());
        }

        static Trip of(String text) {
            var lines = List.of(text.split("\n", -1));
            return new Trip(
                    lines.get(0), lines.get(1), lines.get(2), lines.get(3), lines.get(4), Instant.parse(lines.get(5)));
        }

        boolean isOf(Back back, OpenIdSettings settings) {
            boolean same = MessageDigest.isEqual(
                    state.getBytes(StandardCharsets.US_ASCII), back.state.getBytes(StandardCharsets.US_ASCII));
            boolean his = back.issuer.isEmpty()
                    || settings.issuer().map(URI::toString).orElse("").equals(back.issuer);
            boolean sane = !back.code.isEmpty() && back.code.length() <= LONGEST_CODE;
            return same && his && sane && until.isAfter(Instant.now());
        }
    }
}
