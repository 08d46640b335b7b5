package org.mailroom.connector.smtp;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.jspecify.annotations.Nullable;

/** A command of ours, as James's dispatcher calls it. */
interface SmtpCommand extends CommandHandler<SmtpSession> {
    String name();

    /** @param argument what follows the name, or empty */
    Response run(SmtpSession session, String argument);

    @Override
    default Collection<String> getImplCommands() {
        return List.of(name());
    }

    @Override
    default Response onCommand(SmtpSession session, Request request) {
        session.connection().doing(name());
        @Nullable String argument = request.getArgument();
        return run(session, argument == null ? "" : argument.strip());
    }
}
