package org.mailroom.connector.imap;

import org.mailroom.connector.imap.session.ImapReplies;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.ProtocolServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;

/** IMAP, as the listeners see it. */
public final class ImapServer implements ProtocolServer {
    private final Services services;

    public ImapServer(Services services) {
        this.services = services;
    }

    @Override
    public Session open(Connection connection) {
        return new ImapConversation(connection, services);
    }

    @Override
    public String farewell(Farewell why) {
        return ImapReplies.bye(why);
    }
}
