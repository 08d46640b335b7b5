package org.mailroom.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Locale;
import org.eclipse.microprofile.config.ConfigProvider;

/** Where passwords, cookies and tokens may pass without TLS; the same rule as for mail clients. */
@ApplicationScoped
public class Plaintext {
    /** Whether this request came over TLS, or over a way on which the configuration lets secrets pass in the clear. */
    public boolean admits(HttpServletRequest request) {
        return request.isSecure()
                || admits(
                        ConfigProvider.getConfig()
                                .getOptionalValue("mail.login.plaintext", String.class)
                                .orElse("loopback"),
                        request.getRemoteAddr());
    }

    /** The port of the console that speaks TLS. */
    public int securePort() {
        return ConfigProvider.getConfig()
                .getOptionalValue("mail.console.tls-port", Integer.class)
                .orElse(8181);
    }

    static boolean admits(String rule, String client) {
        return switch (rule.strip().toLowerCase(Locale.ROOT)) {
            case "always" -> true;
            case "never" -> false;
            default -> InetAddress.ofLiteral(client).isLoopbackAddress();
        };
    }
}
