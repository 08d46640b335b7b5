package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §5. Leaves \Seen alone: a small message is one call of the house, and IMAP says what was read. */
final class RetrCommand implements MaildropCommand {
    @Override
    public String name() {
        return "RETR";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) throws MailException {
        int number = MessageNumber.of(maildrop, argument);
        return Pop3Replies.lines(maildrop.octets(number) + " octets", LineForm.whole(maildrop.message(number)));
    }
}
