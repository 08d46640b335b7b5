package org.mailroom.web.site;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;

/** Socket addresses as they are typed: figures only, since looking up a name could take long. */
public final class Addresses {
    private Addresses() {}

    public static String text(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        if (address == null) {
            return socket.getHostString() + ":" + socket.getPort();
        }
        String host = address instanceof Inet6Address six ? "[" + shortened(six) + "]" : address.getHostAddress();
        return host + ":" + socket.getPort();
    }

    /** RFC 5952 §4: the longest run of zeros, of two groups at least and the first of equals, becomes two colons. */
    private static String shortened(Inet6Address address) {
        String[] groups = address.getHostAddress().replaceFirst("%.*", "").split(":");
        int start = -1;
        int longest = 1;
        for (int first = 0; first < groups.length; first++) {
            int length = 0;
            while (first + length < groups.length && groups[first + length].equals("0")) {
                length++;
            }
            if (length > longest) {
                start = first;
                longest = length;
            }
        }
        return start < 0
                ? String.join(":", groups)
                : joined(groups, 0, start) + "::" + joined(groups, start + longest, groups.length);
    }

    private static String joined(String[] groups, int from, int to) {
        return String.join(":", Arrays.asList(groups).subList(from, to));
    }
}
