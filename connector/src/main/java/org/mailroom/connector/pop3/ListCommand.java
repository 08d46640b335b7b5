package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §5: sizes, of one message or all. */
final class ListCommand implements MaildropCommand {
    @Override
    public String name() {
        return "LIST";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) throws MailException {
        if (argument.isEmpty()) {
            return Pop3Replies.lines(
                    Text.MAILDROP.of(maildrop.count(), maildrop.octets()),
                    new Listing(maildrop, number -> Long.toString(maildrop.octets(number))));
        }
        int number = MessageNumber.of(maildrop, argument);
        return Pop3Replies.ok(Text.PAIR, number, maildrop.octets(number));
    }
}
