package org.mailroom.connector.net;

import java.net.InetAddress;
import java.util.List;

/** Networks in CIDR notation. */
final class Networks {
    private final List<Network> networks;

    private Networks(List<Network> networks) {
        this.networks = networks;
    }

    /** @throws IllegalArgumentException where one is no network */
    static Networks of(List<String> cidrs) {
        return new Networks(cidrs.stream().map(Network::parse).toList());
    }

    boolean contains(InetAddress address) {
        var octets = address.getAddress();
        return networks.stream().anyMatch(network -> network.contains(octets));
    }

    private record Network(byte[] octets, int bits) {
        static Network parse(String text) {
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
                throw new IllegalArgumentException("not a network such as 10.0.0.0/8: " + text, problem);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != octets.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit += 8) {
                int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
                if (((address[bit / 8] ^ octets[bit / 8]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
