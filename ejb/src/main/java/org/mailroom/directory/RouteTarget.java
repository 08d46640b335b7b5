package org.mailroom.directory;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * A host that takes mail: {@code smtp://host:port}, the port 25 where none is said.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 */
public record RouteTarget(String host, int port) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final int SMTP_PORT = 25;

    public static RouteTarget parse(String text) throws BadAddress {
        var uri = uri(text.strip());
        if (!"smtp".equalsIgnoreCase(uri.getScheme())) {
            throw bad();
        }
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
            throw new BadAddress("A route is smtp://host:port and nothing more: no login, no path");
        }
        if (uri.getHost() == null) {
            throw bad();
        }
        int port = uri.getPort() == -1 ? SMTP_PORT : uri.getPort();
        if (port < 1 || port > 65535) {
            throw new BadAddress("The port of a route is a number from 1 to 65535");
        }
        return new RouteTarget(host(uri.getHost()), port);
    }

    private static BadAddress bad() {
        return new BadAddress(
                "A route is smtp://host:port, such as smtp://mail.example.org:25 or smtp://[2001:db8::1]:25");
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
        return "smtp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
