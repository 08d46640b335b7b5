package org.mailroom.connector.smtp;

import java.util.List;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.api.handler.ProtocolHandlerChainImpl;
import org.apache.james.protocols.api.handler.WiringException;
import org.mailroom.connector.net.Services;

/** The table of commands; a new one is written in a file of its own and added here. */
final class SmtpCommands extends ProtocolHandlerChainImpl {
    private final CommandDispatcher<SmtpSession> dispatcher = new CommandDispatcher<>();

    SmtpCommands(Services services) {
        add(dispatcher);
        var help = new HelpCommand();
        var end = new MessageEnd(services);
        var commands = List.<SmtpCommand>of(
                Greeting.ehlo(),
                Greeting.lhlo(),
                new HeloCommand(),
                new StartTlsCommand(),
                new AuthCommand(services.logins(), services.settings().mechanisms()),
                new MailCommand(services),
                new RcptCommand(services),
                new DataCommand(end),
                new BdatCommand(end),
                new RsetCommand(),
                new NoopCommand(),
                LookupCommand.vrfy(services),
                LookupCommand.expn(services),
                new EtrnCommand(services),
                new VerbCommand(),
                help,
                new QuitCommand());
        help.knows(commands);
        addAll(commands);
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
