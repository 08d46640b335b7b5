package org.mailroom.connector.pop3;

import java.io.ByteArrayInputStream;
import org.apache.james.protocols.api.Response;
import org.mailroom.contract.MailException;
import org.mailroom.contract.store.MailStore;

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
            return Pop3Replies.error(Text.USAGE, "TOP message lines");
        }
        int number = MessageNumber.of(maildrop, words[0]);
        // Previews ask for no line at all, so the body of a large message need not be read.
        var header = lines == 0 ? maildrop.header(number) : new byte[0];
        if (header.length > 0 && header.length < MailStore.CHUNK) {
            return Pop3Replies.lines(Text.TOP.of(), LineForm.whole(new ByteArrayInputStream(header)));
        }
        var message = maildrop.message(number);
        return message == null
                ? Pop3Replies.needsUtf8(number)
                : Pop3Replies.lines(Text.TOP.of(), LineForm.top(message.stream(), lines));
    }
}
