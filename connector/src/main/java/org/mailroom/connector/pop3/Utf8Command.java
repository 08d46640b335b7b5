package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;

/** RFC 6856 §2: the client can read headers in UTF-8, so messages come as they are stored. */
final class Utf8Command implements LoginCommand {
    @Override
    public String name() {
        return "UTF8";
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) {
        if (!argument.isEmpty()) {
            return Pop3Replies.error(Text.USAGE, "UTF8");
        }
        session.utf8();
        return Pop3Replies.ok(Text.UTF8_ON);
    }
}
