package org.mailroom.connector.imap;

import java.util.function.LongSupplier;
import org.mailroom.connector.imap.session.ImapReplies;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.ProtocolServer;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;

/** IMAP, as the listeners see it. */
public final class ImapServer implements ProtocolServer {
    private final Services services;
    private final LongSupplier clock;

    public ImapServer(Services services) {
        this(services, System::nanoTime);
    }

    /** @param clock of which long commands say how far they are; in ns */
    ImapServer(Services services, LongSupplier clock) {
        this.services = services;
        this.clock = clock;
    }

    @Override
    public Session open(Connection connection) {
        return new ImapConversation(connection, services, clock);
    }

    @Override
    public String farewell(Farewell why) {
        return ImapReplies.bye(why);
    }
}
