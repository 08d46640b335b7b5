package org.mailroom.connector.smtp;

import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.api.handler.WiringException;
import org.apache.james.protocols.smtp.core.NoopCmdHandler;
import org.apache.james.protocols.smtp.core.RsetCmdHandler;
import org.mailroom.connector.net.Services;

/** The table of commands; a new one is written in a file of its own and added here. */
final class SmtpCommands extends ProtocolHandlerChainImpl {
    private final CommandDispatcher<SmtpSession> dispatcher = new CommandDispatcher<>();

    SmtpCommands(Services services) {
        add(dispatcher);
        add(new EhloCommand());
        add(new HeloCommand());
        add(new StartTlsCommand());
        add(new AuthCommand(services.logins()));
        add(new MailCommand(services));
        add(new RcptCommand(services));
        add(new DataCommand(services));
        add(new RsetCmdHandler());
        add(new NoopCmdHandler());
        add(new VrfyCommand());
        add(new HelpCommand());
        add(new QuitCommand());
        add(new UnknownCommand());
        try {
            wireExtensibleHandlers();
        } catch (WiringException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** Carries out a line. */
    Response run(SmtpSession session, byte[] line) {
        return dispatcher.onLine(session, line);
    }
}
