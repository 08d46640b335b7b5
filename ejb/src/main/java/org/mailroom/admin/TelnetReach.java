package org.mailroom.admin;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Which addresses the open network has: an MX record is somebody else's word, and opens no port of this machine or around it. */
final class TelnetReach {
    private TelnetReach() {}

    static boolean isPublic(String address) {
        try {
            var known = InetAddress.ofLiteral(address);
            return !known.isLoopbackAddress()
                    && !known.isSiteLocalAddress()
                    && !known.isLinkLocalAddress()
                    && !known.isAnyLocalAddress()
                    && !known.isMulticastAddress()
                    && !(known instanceof Inet6Address six ? isInside(six.getAddress()) : isShared(known.getAddress()));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    /** RFC 6598 (100.64.0.0/10), and what is no host: 0.0.0.0/8, 240.0.0.0/4. */
    private static boolean isShared(byte[] four) {
        int first = four[0] & 0xFF;
        return first == 0 || first >= 240 || (first == 100 && (four[1] & 0xC0) == 0x40);
    }

    /** RFC 4193 (fc00::/7), and those in which an IPv4 address hides (RFC 6052, RFC 3056). */
    private static boolean isInside(byte[] six) {
        boolean unique = (six[0] & 0xFE) == 0xFC;
        boolean translated = six[0] == 0 && six[1] == 0x64 && (six[2] & 0xFF) == 0xFF && (six[3] & 0xFF) == 0x9B;
        boolean sixToFour = six[0] == 0x20 && six[1] == 0x02;
        return unique || translated || sixToFour;
    }
}
