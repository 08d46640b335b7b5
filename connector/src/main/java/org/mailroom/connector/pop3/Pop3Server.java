package org.mailroom.connector.pop3;

import java.util.List;
import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.WiringException;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.ProtocolServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;

/** All POP3 sessions of this node. */
public final class Pop3Server implements ProtocolServer {
    private final Services services;
    private final Pop3Dispatcher dispatcher = new Pop3Dispatcher();

    public Pop3Server(Services services) {
        this.services = services;
        List<Pop3Command> commands = List.of(
                new CapaCommand(),
                new StlsCommand(),
                new UserCommand(),
                new PassCommand(),
                new ApopCommand(),
                new AuthCommand(),
                new Utf8Command(),
                new LangCommand(),
                new StatCommand(),
                new ListCommand(),
                new UidlCommand(),
                new RetrCommand(),
                new TopCommand(),
                new DeleCommand(),
                new RsetCommand(),
                new NoopCommand(),
                new QuitCommand(),
                new UnknownCommand());
        try {
            dispatcher.wireExtensions(CommandHandler.class, commands);
        } catch (WiringException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Session open(Connection connection) {
        var configuration = new Configuration(services.settings().hostname());
        return new Pop3Conversation(connection, services, dispatcher, configuration);
    }

    @Override
    public String farewell(Farewell why) {
        return Pop3Replies.farewell(why);
    }

    /** What James asks for and we do not show. */
    private record Configuration(String getHelloName) implements ProtocolConfiguration {
        @Override
        public String getGreeting() {
            return "";
        }

        @Override
        public String getSoftwareName() {
            return "Mailroom";
        }
    }
}
