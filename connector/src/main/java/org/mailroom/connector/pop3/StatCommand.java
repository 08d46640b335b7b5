package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;

/** RFC 1939 §5: without messages that are marked as deleted. */
final class StatCommand implements MaildropCommand {
    @Override
    public String name() {
        return "STAT";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) {
        return Pop3Replies.ok(Text.STAT, maildrop.count(), maildrop.octets());
    }
}
