package org.mailroom.policy;

import java.net.InetAddress;
import java.util.Arrays;

/** A network in CIDR notation, or one address. */
@SuppressWarnings("ArrayRecordComponent") // compared by contains
public record Network(byte[] octets, int bits) {
    /** Throws IllegalArgumentException where the text is none. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        try {
            var octets = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? octets.length * 8 : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > octets.length * 8) {
                throw new IllegalArgumentException("prefix length " + bits);
            }
            return new Network(octets, bits);
        } catch (IllegalArgumentException problem) {
            throw new IllegalArgumentException("not a network such as 192.0.2.0/24: " + text, problem);
        }
    }

    /** The network of an address that one who can choose addresses is likely to own: a /24, of IPv6 a /64. */
    public static Network around(InetAddress address) {
        var octets = address.getAddress();
        return new Network(octets, octets.length == 4 ? 24 : 64);
    }

    public boolean contains(InetAddress address) {
        var other = address.getAddress();
        return other.length == octets.length && Arrays.equals(masked(other), masked(octets));
    }

    private byte[] masked(byte[] address) {
        var masked = new byte[address.length];
        for (int i = 0; i < masked.length; i++) {
            int ones = Math.clamp(bits - i * 8L, 0, 8);
            masked[i] = (byte) (address[i] & 0xff << 8 - ones);
        }
        return masked;
    }

    /** The network's own address with its length. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(masked(octets)).getHostAddress() + "/" + bits;
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
