package org.mailroom.connector.james;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.StartTlsResponse;
import org.apache.james.protocols.api.StreamResponse;
import org.apache.james.protocols.api.handler.LineHandler;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.ConnectionClosed;

/**
 * One of our connections as a James session sees it. Handlers run on the connection's worker and return responses; these are
 * written here, so a handler never waits for the client.
 */
public final class JamesTransport implements ProtocolTransport {
    private static final System.Logger LOG = System.getLogger(JamesTransport.class.getName());

    private static final int PIECE = 4 * 1024;

    private final Connection connection;
    private final Deque<LineHandler<ProtocolSession>> lineHandlers = new ArrayDeque<>();

    public JamesTransport(Connection connection) {
        this.connection = connection;
    }

    /** Hands a line, without its CRLF, to the handler that was pushed last, and tells what it answers. */
    public @Nullable Response line(ProtocolSession session, byte[] line) {
        var handler = lineHandlers.peek();
        if (handler == null) {
            throw new IllegalStateException("nobody takes lines");
        }
        return handler.onLine(session, line);
    }

    /** Whoever waited for the next line waits no more: lines go to the first handler again. */
    public void backToCommands() {
        while (lineHandlers.size() > 1) {
            lineHandlers.pop();
        }
    }

    @Override
    public void writeResponse(Response response, ProtocolSession session) {
        var text = new StringBuilder();
        for (var line : response.getLines()) {
            text.append(line).append("\r\n");
        }
        if (response instanceof StartTlsResponse) {
            connection.startTls(text.toString());
            return;
        }
        connection.write(text.toString());
        if (response instanceof StreamResponse stream) {
            write(stream);
        }
        if (response.isEndSession()) {
            connection.close();
        }
    }

    /** Piece by piece; a write waits while the client does not read. */
    private void write(StreamResponse response) {
        try (InputStream stream = response.getStream()) {
            var piece = new byte[PIECE];
            for (int length = stream.read(piece); length >= 0; length = stream.read(piece)) {
                connection.write(piece, 0, length);
            }
        } catch (ConnectionClosed gone) {
            throw gone;
        } catch (IOException | RuntimeException broken) {
            // What was begun cannot be taken back: only an end without the end mark tells the client that it is not
            // whole.
            LOG.log(System.Logger.Level.ERROR, "session=" + connection.id() + " status=fault doing=stream", broken);
            connection.close();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // A protocol pushes only handlers of its own sessions.
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        lineHandlers.push((LineHandler<ProtocolSession>) handler);
    }

    @Override
    public void popLineHandler() {
        lineHandlers.pop();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return connection.client();
    }

    /** Nobody asks. */
    @Override
    public InetSocketAddress getLocalAddress() {
        return new InetSocketAddress(0);
    }

    @Override
    public String getId() {
        return connection.id();
    }

    @Override
    public boolean isTLSStarted() {
        return connection.tls() != null;
    }

    @Override
    public boolean isStartTLSSupported() {
        return connection.canStartTls();
    }

    @Override
    public Optional<SSLSession> getSSLSession() {
        return Optional.empty();
    }

    /** PROXY is understood below, before a session begins. */
    @Override
    public boolean isProxyRequired() {
        return false;
    }

    /** The connection itself stops reading while a handler runs. */
    @Override
    public void setReadable(boolean readable) {}

    @Override
    public boolean isReadable() {
        return true;
    }
}
