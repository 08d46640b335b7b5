package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;

/** RFC 1939 §5: no message is marked any more. */
final class RsetCommand implements MaildropCommand {
    @Override
    public String name() {
        return "RSET";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) {
        maildrop.keepAll();
        return Pop3Replies.ok(Text.MAILDROP, maildrop.count(), maildrop.octets());
    }
}
