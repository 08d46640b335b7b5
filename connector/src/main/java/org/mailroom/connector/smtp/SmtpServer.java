package org.mailroom.connector.smtp;

import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.ProtocolServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;

/** Speaks SMTP on a listener; which role it plays there, mail exchange or submission, the listener tells. */
public final class SmtpServer implements ProtocolServer {
    private final Services services;
    private final SmtpCommands commands;
    private final SmtpConfiguration configuration;

    public SmtpServer(Services services) {
        this.services = services;
        this.configuration = new SmtpConfiguration(services.settings());
        this.commands = new SmtpCommands(services);
    }

    @Override
    public Session open(Connection connection) {
        return new SmtpSession(connection, services, configuration, commands);
    }

    @Override
    public String farewell(Farewell why) {
        return SmtpReplies.farewell(why, services.settings().hostname());
    }
}
