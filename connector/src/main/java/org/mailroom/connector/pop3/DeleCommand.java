package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §5: marks; only QUIT removes. */
final class DeleCommand implements MaildropCommand {
    @Override
    public String name() {
        return "DELE";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) throws MailException {
        int number = MessageNumber.of(maildrop, argument);
        maildrop.delete(number);
        return Pop3Replies.ok(Text.DELETED, number);
    }
}
