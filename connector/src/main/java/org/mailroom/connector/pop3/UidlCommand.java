package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §7: unique ids, of one message or all. */
final class UidlCommand implements MaildropCommand {
    @Override
    public String name() {
        return "UIDL";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) throws MailException {
        if (argument.isEmpty()) {
            return Pop3Replies.lines(Text.UNIQUE_IDS.of(), new Listing(maildrop, maildrop::uniqueId));
        }
        int number = MessageNumber.of(maildrop, argument);
        return Pop3Replies.ok(Text.PAIR, number, maildrop.uniqueId(number));
    }
}
