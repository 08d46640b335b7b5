package org.mailroom.connector.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProxiedProtocol.AddressFamily;
import io.netty.util.ReferenceCountUtil;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * The first octets from a proxy that we know: the PROXY header, version 1 or 2, and from there on the client's own, TLS
 * first where the listener is of that kind. Only what the header names counts as the client: limits, logins without TLS and
 * the trace see its address. Without a sound header in time the connection is closed without a word, as the protocol asks.
 */
final class ProxyHeader extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(ProxyHeader.class.getName());

    /** A proxy sends it at once; the specification asks for no less than 3 seconds. */
    private static final int PATIENCE_SECONDS = 10;

    private final Listener listener;
    private final SocketChannel channel;

    private ProxyHeader(Listener listener, SocketChannel channel) {
        this.listener = listener;
        this.channel = channel;
    }

    static void await(Listener listener, SocketChannel channel) {
        var header = new ProxyHeader(listener, channel);
        channel.pipeline().addLast("proxy", new HAProxyMessageDecoder(true)).addLast("client", header);
        var patience = channel.eventLoop().schedule(header::tooLate, PATIENCE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(closed -> patience.cancel(false));
    }

    private void tooLate() {
        if (channel.pipeline().context(this) != null) {
            LOG.log(Level.WARNING, "proxy={0} status=closed problem=no PROXY header", channel.remoteAddress());
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HAProxyMessage header) {
                var connection = listener.admit(channel, client(header));
                context.pipeline().remove(this);
                if (connection != null) {
                    connection.arrivedBehindProxy();
                }
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Where the header names nobody (LOCAL, UNKNOWN), the proxy speaks for itself: it looks whether we are alive. */
    private InetSocketAddress client(HAProxyMessage header) {
        var family = header.proxiedProtocol().addressFamily();
        boolean named = header.command() == HAProxyCommand.PROXY
                && (family == AddressFamily.AF_IPv4 || family == AddressFamily.AF_IPv6);
        return named
                ? new InetSocketAddress(InetAddress.ofLiteral(header.sourceAddress()), header.sourcePort())
                : channel.remoteAddress();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            context.close();
        }
        ReferenceCountUtil.release(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        LOG.log(Level.WARNING, "proxy={0} status=closed problem=bad PROXY header", channel.remoteAddress());
        context.close();
    }
}
