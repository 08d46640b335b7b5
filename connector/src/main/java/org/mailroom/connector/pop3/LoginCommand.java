package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** A command of the AUTHORIZATION state (RFC 1939 §4). */
interface LoginCommand extends Pop3Command {
    Response beforeLogin(Pop3Session session, String argument) throws MailException;

    @Override
    default Response answer(Pop3Session session, String argument) throws MailException {
        return session.maildrop() == null
                ? beforeLogin(session, argument)
                : Pop3Replies.error(Text.BEFORE_LOGIN, name());
    }
}
