package org.mailroom.reputation;

import java.net.InetAddress;
import org.mailroom.contract.Protocol;
import org.mailroom.policy.Question;

/** Whose reputation matters. */
final class Strangers {
    private Strangers() {}

    /** Not that of our own users, of a mail system behind LMTP, of this machine and its private network, or of the trusted. */
    static boolean include(Question question) {
        var client = question.client();
        return client.role() == Protocol.SMTP
                && client.login() == null
                && isPublic(client.address().getAddress())
                && !question.facts().isAllowed();
    }

    private static boolean isPublic(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
        return !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !uniqueLocal;
    }
}
