package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** A command of the TRANSACTION state (RFC 1939 §5). */
interface MaildropCommand extends Pop3Command {
    Response answer(Maildrop maildrop, String argument) throws MailException;

    @Override
    default Response answer(Pop3Session session, String argument) throws MailException {
        var maildrop = session.maildrop();
        return maildrop == null ? Pop3Replies.error(Text.AFTER_LOGIN) : answer(maildrop, argument);
    }
}
