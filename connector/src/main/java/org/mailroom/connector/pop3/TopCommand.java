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
            return Pop3Replies.error("Usage: TOP message lines");
        }
        int number = MessageNumber.of(maildrop, words[0]);
        return Pop3Replies.lines(
                "Top of message follows", lines == 0 ? header(maildrop, number) : top(maildrop, number, lines));
    }

    /** Previews ask for no line at all, so the body of a large message need not be read. */
    private static LineForm header(Maildrop maildrop, int number) throws MailException {
        var header = maildrop.header(number);
        return header.length < MailStore.CHUNK
                ? LineForm.whole(new ByteArrayInputStream(header))
                : top(maildrop, number, 0);
    }

    private static LineForm top(Maildrop maildrop, int number, int lines) throws MailException {
        return LineForm.top(maildrop.message(number), lines);
    }
}
