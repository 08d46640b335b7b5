package org.mailroom.directory;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A host that takes mail: {@code smtp://host:port}; {@code smtps://} speaks TLS from the first octet (RFC 8314), {@code
 * lmtp://} hands over for delivery (RFC 2033). The port is the scheme's own where none is said.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 */
public record RouteTarget(Scheme scheme, String host, int port) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern BETWEEN = Pattern.compile("[\\s,]+");
    private static final int MOST = 10;

    /** How a host is spoken to. */
    public enum Scheme {
        SMTP(25),
        SMTPS(465),
        LMTP(24);

        private final int port;

        Scheme(int port) {
            this.port = port;
        }
    }

    /** Several, divided by blanks or commas, in the order in which they are asked. */
    public static List<RouteTarget> parseAll(String text) throws BadAddress {
        var targets = new ArrayList<RouteTarget>();
        for (var word : BETWEEN.split(text.strip())) {
            if (!word.isEmpty()) {
                targets.add(parse(word));
            }
        }
        if (targets.size() > MOST) {
            throw new BadAddress("A route has at most " + MOST + " hosts");
        }
        return targets;
    }

    public static RouteTarget parse(String text) throws BadAddress {
        var uri = uri(text.strip());
        var scheme = scheme(uri);
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
            throw new BadAddress("A route's host is smtp://host:port and nothing more: no login, no path");
        }
        if (uri.getHost() == null) {
            throw bad();
        }
        int port = uri.getPort() == -1 ? scheme.port : uri.getPort();
        if (port < 1 || port > 65535) {
            throw new BadAddress("The port of a route is a number from 1 to 65535");
        }
        return new RouteTarget(scheme, host(uri.getHost()), port);
    }

    private static BadAddress bad() {
        return new BadAddress(
                "A route is smtp://host:port, such as smtp://mail.example.org:25 or smtp://[2001:db8::1]:25");
    }

    private static Scheme scheme(URI uri) throws BadAddress {
        for (var each : Scheme.values()) {
            if (each.name().equalsIgnoreCase(uri.getScheme())) {
                return each;
            }
        }
        throw bad();
    }

    private static URI uri(String text) throws BadAddress {
        try {
            var uri = new URI(text);
            if (uri.isOpaque()) {
                throw bad();
            }
            return uri;
        } catch (URISyntaxException e) {
            throw bad();
        }
    }

    private static String host(String host) throws BadAddress {
        if (host.startsWith("[")) {
            // java.net.URI has checked the literal; a zone would mean something on one machine only.
            if (host.contains("%")) {
                throw bad();
            }
            return host.substring(1, host.length() - 1);
        }
        return IPV4.matcher(host).matches() ? host : MailDomain.parse(host).name();
    }

    @Override
    public String toString() {
        return scheme.name().toLowerCase(Locale.ROOT) + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + port;
    }
}
