package org.mailroom.connector.pop3;

import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/** The argument that names a message (RFC 1939 §3: decimal, from 1, and not one that is marked as deleted). */
final class MessageNumber {
    private MessageNumber() {}

    static int of(Maildrop maildrop, String argument) throws MailException {
        int number = number(argument);
        if (!maildrop.has(number)) {
            throw new MailException(Reason.EXPUNGED, Text.NO_SUCH_MESSAGE.of().english());
        }
        return number;
    }

    /** A number without sign, or -1; what no maildrop could hold is as good as none. */
    static int number(String text) {
        boolean decimal = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return decimal ? Integer.parseInt(text) : -1;
    }
}
