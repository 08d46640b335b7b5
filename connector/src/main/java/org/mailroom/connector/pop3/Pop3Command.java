package org.mailroom.connector.pop3;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.mailroom.contract.MailException;

/** One command, in whatever state. */
interface Pop3Command extends CommandHandler<Pop3Session> {
    String name();

    /** @param argument empty where there is none */
    Response answer(Pop3Session session, String argument) throws MailException;

    @Override
    default Response onCommand(Pop3Session session, Request request) {
        session.connection().doing(name());
        try {
            return answer(session, request.getArgument());
        } catch (MailException refusal) {
            return Pop3Replies.refused(refusal);
        }
    }

    @Override
    default Collection<String> getImplCommands() {
        return List.of(name());
    }
}
