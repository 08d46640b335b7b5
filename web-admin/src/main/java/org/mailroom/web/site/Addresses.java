package org.mailroom.web.site;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Socket addresses as they are typed: figures only, since looking up a name could take long. */
public final class Addresses {
    private Addresses() {}

    public static String text(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address == null) {
            return socket.getHostString() + ":" + socket.getPort();
        }
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + socket.getPort();
    }
}
