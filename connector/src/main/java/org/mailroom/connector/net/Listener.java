package org.mailroom.connector.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.WireSettings;

/** One open socket: decides on each client whether it may come in, and under TLS or not. */
final class Listener extends ChannelInitializer<SocketChannel> {
    private final WireSettings.Listener declared;
    private final ProtocolServer server;
    private final Sessions sessions;
    private final Certificates certificates;
    private final WireSettings.PlaintextLogin plaintextLogin;

    Listener(
            WireSettings.Listener declared,
            ProtocolServer server,
            Sessions sessions,
            Certificates certificates,
            WireSettings.PlaintextLogin plaintextLogin) {
        this.declared = declared;
        this.server = server;
        this.sessions = sessions;
        this.certificates = certificates;
        this.plaintextLogin = plaintextLogin;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        var remote = channel.remoteAddress();
        if (remote == null) {
            channel.close();
            return;
        }
        if (sessions.isProxy(remote.getAddress())) {
            ProxyHeader.await(this, channel);
        } else {
            admit(channel, remote);
        }
    }

    /** @return null where the client was sent away */
    @Nullable
    ClientConnection admit(SocketChannel channel, InetSocketAddress client) {
        var exempt = sessions.isExempt(client.getAddress());
        var connection = new ClientConnection(this, channel, client, sessions.newId(), exempt);
        var refused = sessions.admit(connection);
        if (refused != null) {
            refuse(channel, refused);
            return null;
        }
        if (declared.implicitTls()) {
            var tls = newTls(channel);
            if (tls == null) {
                sessions.left(connection);
                sessions.finished(connection);
                channel.close();
                return null;
            }
            channel.pipeline().addLast("tls", tls);
        }
        channel.pipeline().addLast("connection", connection);
        return connection;
    }

    /** Under TLS a word would cost a handshake, which is what a flood wants. */
    private void refuse(SocketChannel channel, Farewell why) {
        channel.config().setAutoRead(false);
        var word = declared.implicitTls() ? "" : server.farewell(why);
        channel.writeAndFlush(Unpooled.copiedBuffer(word, StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** Hashing and signing of a handshake happen on virtual threads, not on the event loop. */
    @Nullable
    SslHandler newTls(SocketChannel channel) {
        var context = certificates.current();
        return context == null ? null : context.newHandler(channel.alloc(), Thread::startVirtualThread);
    }

    boolean hasCertificate() {
        return certificates.current() != null;
    }

    void startWorker(String id, Runnable work) {
        sessions.startWorker(declared.name() + "-" + id, work);
    }

    Tape tape(String id) {
        return new Tape(sessions.transcripts(), id, declared.protocol());
    }

    void left(ClientConnection connection) {
        sessions.left(connection);
    }

    void finished(ClientConnection connection) {
        sessions.finished(connection);
    }

    ProtocolServer server() {
        return server;
    }

    Protocol protocol() {
        return declared.protocol();
    }

    boolean passwordAllowedInClear(InetAddress client) {
        return switch (plaintextLogin) {
            case ALWAYS -> true;
            case NEVER -> false;
            case LOOPBACK -> client.isLoopbackAddress();
        };
    }

    boolean isTrusted(InetAddress client) {
        return sessions.isTrusted(client);
    }

    WireSettings.Listener declared() {
        return declared;
    }
}
