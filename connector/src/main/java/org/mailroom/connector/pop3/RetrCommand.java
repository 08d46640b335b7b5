package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §5. What becomes of \Seen is settled at QUIT, by the account's policy. */
final class RetrCommand implements MaildropCommand {
    @Override
    public String name() {
        return "RETR";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) throws MailException {
        int number = MessageNumber.of(maildrop, argument);
        var message = maildrop.fetch(number);
        return message == null
                ? Pop3Replies.needsUtf8(number)
                : Pop3Replies.lines(Text.OCTETS.of(message.octets()), LineForm.whole(message.stream()));
    }
}
