package org.mailroom.queue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.mailroom.dns.Answer;
import org.mailroom.dns.Dns;

/**
 * What DNS has for the name of a host.
 *
 * @param signed whether all of it was seen to be signed
 * @param target the name that has the addresses, at the end of aliases
 * @param unknown whether there may be more, for not all questions were answered
 */
record HostAddresses(List<InetAddress> addresses, boolean signed, String target, boolean unknown) {
    HostAddresses {
        addresses = List.copyOf(addresses);
    }

    /** @param six whether this machine reaches IPv6, and its addresses go first */
    static HostAddresses of(Dns dns, String host, boolean six) {
        var addresses = new ArrayList<InetAddress>();
        boolean unknown = false;
        boolean signed = true;
        var target = host;
        for (boolean version : six ? new boolean[] {true, false} : new boolean[] {false}) {
            switch (dns.addresses(host, version)) {
                case Answer.Found<InetAddress> found -> {
                    addresses.addAll(found.values());
                    signed &= found.secure();
                    target = found.name();
                }
                case Answer.Unknown<InetAddress> _ -> unknown = true;
                case Answer.None<InetAddress> _ -> {}
            }
        }
        return new HostAddresses(addresses, signed && !addresses.isEmpty(), target, unknown);
    }
}
