package org.mailroom.connector.smtp;

import java.net.InetSocketAddress;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.apache.james.protocols.api.ProtocolSession;
import org.apache.james.protocols.api.ProtocolTransport;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.LineHandler;
import org.mailroom.connector.net.Connection;

/** The connection as James's session knows it. Replies and lines go through {@link SmtpSession}, so little is left here. */
record SmtpTransport(Connection connection) implements ProtocolTransport {
    @Override
    public InetSocketAddress getRemoteAddress() {
        return connection.client();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
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

    @Override
    public boolean isProxyRequired() {
        return false;
    }

    @Override
    public void writeResponse(Response response, ProtocolSession session) {
        connection.write(SmtpReplies.text(response));
    }

    @Override
    public void popLineHandler() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pushLineHandler(LineHandler<? extends ProtocolSession> handler, ProtocolSession session) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setReadable(boolean readable) {}

    @Override
    public boolean isReadable() {
        return true;
    }
}
