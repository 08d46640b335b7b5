package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §7: right after USER; whatever comes of it, the next try begins with USER. */
final class PassCommand implements LoginCommand {
    static final String NAME = "PASS";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Response beforeLogin(Pop3Session session, String argument) throws MailException {
        if (!session.connection().passwordAllowed()) {
            return Pop3Replies.IN_THE_CLEAR;
        }
        var user = session.user();
        if (user == null) {
            return Pop3Replies.error(Text.NAME_FIRST);
        }
        session.user(null);
        if (argument.equals(Pop3Dispatcher.NOT_UTF8)) {
            return Pop3Replies.error(Text.NOT_UTF8);
        }
        return Login.with(session, user, argument);
    }
}
