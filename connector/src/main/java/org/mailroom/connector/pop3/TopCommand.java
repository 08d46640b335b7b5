package org.mailroom.connector.pop3;

import java.io.ByteArrayInputStream;
import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;

/** RFC 1939 §7: the header and the first lines of the body. */
final class TopCommand implements MaildropCommand {
    @Override
    public String name() {
        return "TOP";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) throws MailException {
        var words = argument.split(" +");
        int lines = words.length == 2 ? MessageNumber.number(words[1]) : -1;
        if (lines < 0) {
            return Pop3Replies.error("Usage: TOP message lines");
        }
        int number = MessageNumber.of(maildrop, words[0]);
        var text = "Top of message follows";
        // Previews ask for no line at all, so the body of a large message need not be read.
        return lines == 0
                ? Pop3Replies.lines(text, LineForm.whole(new ByteArrayInputStream(maildrop.header(number))))
                : Pop3Replies.lines(text, LineForm.top(maildrop.message(number), lines));
    }
}
