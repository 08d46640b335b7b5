package org.mailroom.connector.pop3;

import org.apache.james.protocols.api.ProtocolConfiguration;
import org.apache.james.protocols.api.Response;
import org.mailroom.connector.james.JamesTransport;
import org.mailroom.connector.net.CommandFramer;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Services;
import org.mailroom.connector.net.Session;

/** One client: greets, hands lines to the commands, and gives the maildrop back at the end, however it comes. */
final class Pop3Conversation implements Session {
    /** RFC 2449 §4 knows 255 octets; a response to AUTH may be longer (RFC 5034 §4). */
    private static final int LONGEST_LINE = 12_288;

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
        write(Pop3Replies.ok(Text.READY, session.getConfiguration().getHelloName()));
    }

    @Override
    public void received(Input input) {
        var response = switch (input) {
            case Input.Command command -> transport.line(session, command.line());
            case Input.Malformed malformed -> malformed(malformed.flaw());
            case Input.Content content -> throw new IllegalStateException("no framer here makes content");
        };
        if (response != null) {
            write(counted(response));
        }
    }

    private void write(Response response) {
        transport.writeResponse(response instanceof Reply reply ? reply.in(session.language()) : response, session);
    }

    /** A login that waited for this line is over: what the client says next is a command. */
    private Response malformed(Input.Flaw flaw) {
        transport.backToCommands();
        return Reply.error("", new Words(flaw.text(), flaw.text()));
    }

    /** Whoever only guesses is sent away, by whichever command. */
    private Response counted(Response response) {
        return session.maildrop() == null
                        && response instanceof Reply reply
                        && !reply.isOk()
                        && session.countError() >= session.limits().errors()
                ? Pop3Replies.ended(Pop3Replies.error(Text.TOO_MANY_ERRORS))
                : response;
    }

    /** RFC 1939 §6: a session that ends without QUIT removes nothing. */
    @Override
    public void closed() {
        session.release();
    }
}
