package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;

/** RFC 1939 §5. */
final class NoopCommand implements MaildropCommand {
    @Override
    public String name() {
        return "NOOP";
    }

    @Override
    public Response answer(Maildrop maildrop, String argument) {
        return Pop3Replies.ok(Text.NOTHING_DONE);
    }
}
