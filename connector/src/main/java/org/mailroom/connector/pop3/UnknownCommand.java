package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.UnknownCommandHandler;

/** What no other command answers. */
final class UnknownCommand implements Pop3Command {
    @Override
    public String name() {
        return UnknownCommandHandler.COMMAND_IDENTIFIER;
    }

    @Override
    public Response answer(Pop3Session session, String argument) {
        return Pop3Replies.UNKNOWN_COMMAND;
    }
}
