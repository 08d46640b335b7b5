package org.mailroom.connector.sasl;

import java.nio.file.Files;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Connection;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.login.Logins;
import org.mailroom.contract.login.Logins.LoginVerdict;
import org.mailroom.contract.login.Logins.ScramHash;
import org.mailroom.contract.wire.WireSettings;

/** Which mechanisms a connection may use, in the order in which they are offered; the one place that knows. */
public final class Sasl {
    private Sasl() {}

    /** None where no proof may pass: in the clear, unless the settings allow it. */
    public static List<String> mechanisms(Connection connection, WireSettings.Mechanisms allowed) {
        var offered = new ArrayList<String>();
        for (var mechanism : connection.passwordAllowed() ? allowed.names() : List.<String>of()) {
            var session = connection.tlsSession();
            boolean fits = switch (mechanism) {
                case "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS" -> session != null && canBind(session);
                // Without its keys we know no ticket, and a client that was told to try one may not try anything else.
                case "GSSAPI" -> allowed.keytab() != null && Files.isReadable(allowed.keytab());
                case "EXTERNAL" -> session != null && certificate(session) != null;
                default -> true;
            };
            if (fits) {
                offered.add(mechanism);
            }
        }
        return offered;
    }

    private static boolean canBind(SSLSession session) {
        return ChannelBinding.of(session, "tls-server-end-point").isPresent();
    }

    private static @Nullable X509Certificate certificate(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate ? certificate : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** Begins an exchange; empty where the mechanism is not offered here. */
    public static Optional<Exchange> exchange(
            Connection connection, Logins logins, WireSettings.Mechanisms allowed, String mechanism) {
        var name = mechanism.toUpperCase(Locale.ROOT);
        var offered = mechanisms(connection, allowed);
        return offered.contains(name)
                ? Optional.of(new Exchange(name, mechanism(connection, logins, allowed, offered, name)))
                : Optional.empty();
    }

    /** RFC 4954 §4, RFC 5034 §6, RFC 9051 §6.2.2. */
    private static String service(Protocol protocol) {
        return switch (protocol) {
            case SMTP, SUBMISSION, LMTP -> "smtp";
            case POP3 -> "pop";
            case IMAP -> "imap";
        };
    }

    private static Mechanism mechanism(
            Connection connection, Logins logins, WireSettings.Mechanisms allowed, List<String> offered, String name) {
        var session = connection.tlsSession();
        var attempt = new Logins.Attempt(
                connection.id(), connection.protocol(), connection.client(), connection.tls() != null);
        BiFunction<String, String, LoginVerdict> password = (who, secret) -> logins.verify(attempt, who, secret);
        BiFunction<String, String, LoginVerdict> token = (who, secret) -> logins.token(attempt, who, secret);
        return switch (name) {
            case "PLAIN" -> new Plain(password);
            case "LOGIN" -> new Login(password);
            case "OAUTHBEARER" -> new BearerToken(true, token);
            case "XOAUTH2" -> new BearerToken(false, token);
            case "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS" ->
                new Scram(
                        logins,
                        name.startsWith("SCRAM-SHA-1") ? ScramHash.SHA_1 : ScramHash.SHA_256,
                        attempt,
                        name.endsWith("-PLUS"),
                        offered.contains(name.endsWith("-PLUS") ? name : name + "-PLUS"),
                        type -> session == null ? Optional.empty() : ChannelBinding.of(session, type));
            case "GSSAPI" ->
                new Gssapi(
                        service(connection.protocol()),
                        Objects.requireNonNull(allowed.keytab(), "offered without a keytab"),
                        connection.id(),
                        (who, principal) -> logins.principal(attempt, who, principal));
            case "EXTERNAL" -> {
                var certificate = session == null ? null : certificate(session);
                if (certificate == null) {
                    throw new IllegalStateException("offered without a certificate");
                }
                yield new External(certificate, (who, addresses) -> logins.certificate(attempt, who, addresses));
            }
            default -> throw new IllegalStateException("offered and not there: " + name);
        };
    }
}
