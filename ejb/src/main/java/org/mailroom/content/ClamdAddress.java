package org.mailroom.content;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import org.mailroom.config.Settings;

/**
 * Where clamd listens (TCPSocket and TCPAddr, or LocalSocket of clamd.conf).
 *
 * @param host empty where it is a socket in the file system
 * @param path empty where it is a port
 */
record ClamdAddress(String host, int port, String path) {
    private static final String UNIX = "unix:";

    static ClamdAddress parse(String text) {
        if (text.startsWith(UNIX + "/")) {
            return new ClamdAddress("", 0, text.substring(UNIX.length()));
        }
        int colon = text.lastIndexOf(':');
        var port = text.substring(colon + 1);
        if (colon <= 0 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65535) {
            throw Settings.wrong(
                    "mail.content.clamav.address",
                    text,
                    "an address such as 127.0.0.1:3310 or unix:/run/clamav/clamd.ctl");
        }
        return new ClamdAddress(text.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(port), "");
    }

    /** As of now: a name may lead elsewhere tomorrow. */
    SocketAddress socket() {
        return path.isEmpty() ? new InetSocketAddress(host, port) : UnixDomainSocketAddress.of(path);
    }
}
