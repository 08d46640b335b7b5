package org.mailroom.connector.smtp;

import java.util.Collection;
import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;

/** A command of ours, as James's dispatcher calls it. */
interface SmtpCommand extends CommandHandler<SmtpSession> {
    String name();

    /** How it is written, for HELP. */
    String usage();

    /** @param argument what follows the name, or empty */
    Response run(SmtpSession session, String argument);

    /** Whether a listener of this role knows it. */
    default boolean isSpokenIn(Protocol role) {
        return true;
    }

    /** Whether a mail needs it; of others there may be only so many in a row. */
    default boolean bringsMail() {
        return true;
    }

    @Override
    default Collection<String> getImplCommands() {
        return List.of(name());
    }

    @Override
    default Response onCommand(SmtpSession session, Request request) {
        session.connection().doing(name());
        if (!isSpokenIn(session.role())) {
            return SmtpReplies.reply(500, "5.5.1 " + name() + " is not spoken here; HELP lists the commands");
        }
        session.count(this);
        @Nullable String argument = request.getArgument();
        return run(session, argument == null ? "" : argument.strip());
    }
}
