package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;

/** RFC 1939 §7. Says yes to every name, so that nobody learns which exist. */
final class UserCommand implements LoginCommand {
    @Override
    public String name() {
        return "USER";
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) {
        if (!session.connection().passwordAllowed()) {
            return Pop3Replies.IN_THE_CLEAR;
        }
        if (argument.isEmpty()) {
            return Pop3Replies.error(Text.USAGE, "USER address");
        }
        if (argument.equals(Pop3Dispatcher.NOT_UTF8)) {
            return Pop3Replies.error(Text.NOT_UTF8);
        }
        session.user(argument);
        return Pop3Replies.ok(Text.NAME_GIVEN);
    }
}
