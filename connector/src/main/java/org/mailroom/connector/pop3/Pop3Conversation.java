package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.ProtocolConfiguration;
import org.mailroom.connector.james.JamesTransport;
import org.mailroom.connector.net.CommandFramer;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;

/** One client: greets, hands lines to the commands, and gives the maildrop back at the end, however it comes. */
final class Pop3Conversation implements Session {
    /** RFC 2449 §4 knows 255 octets; a response to AUTH may be longer (RFC 5034 §4). */
    private static final int LONGEST_LINE = 2048;

    private final Connection connection;
    private final JamesTransport transport;
    private final Pop3Session session;
    private final Pop3Dispatcher dispatcher;

    Pop3Conversation(
            Connection connection, Services services, Pop3Dispatcher dispatcher, ProtocolConfiguration configuration) {
        this.connection = connection;
        this.transport = new JamesTransport(connection);
        this.session = new Pop3Session(transport, configuration, connection, services);
        this.dispatcher = dispatcher;
    }

    @Override
    public void greet() {
        connection.framer(CommandFramer.lines(LONGEST_LINE));
        connection.silence(session.limits().loginTimeout());
        transport.pushLineHandler(dispatcher, session);
        // No timestamp in brackets: that would offer APOP, which needs passwords kept in the clear (RFC 1939 §7).
        transport.writeResponse(Pop3Replies.ok(session.getConfiguration().getHelloName() + " POP3 ready"), session);
    }

    @Override
    public void received(Input input) {
        switch (input) {
            case Input.Command command -> transport.line(session, command.lines().getFirst());
            case Input.Malformed malformed ->
                transport.writeResponse(
                        dispatcher.counted(session, Pop3Replies.error(malformed.flaw().text())), session);
            case Input.Content content -> throw new IllegalStateException("no framer here makes content");
        }
    }

    /** RFC 1939 §6: a session that ends without QUIT removes nothing. */
    @Override
    public void closed() {
        session.release();
    }
}
