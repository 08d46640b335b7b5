package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;

/** RFC 1939 §7: not to be had, and the greeting has no timestamp that would offer it. */
final class ApopCommand implements LoginCommand {
    @Override
    public String name() {
        return "APOP";
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) {
        return Pop3Replies.error(Text.NO_APOP);
    }
}
