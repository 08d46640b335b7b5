package org.mailroom.connector.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Wire;

/**
 * The one hard class: a client's connection between the event loop and its worker.
 *
 * <p>The event loop only moves octets. What arrives goes to the {@link Inbox}; when there is something in it and no worker
 * runs, a virtual thread is started that cuts inputs and hands them to the session until nothing is left, and ends. So a
 * connection has at most one worker, an idle one has none, and whatever a session waits for holds up nobody else. In the
 * other direction, the worker waits in the {@link Outbox} when the client does not read.
 *
 * <p>The fields of the worker pass from one worker to the next through the lock of the inbox.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());

    private final Listener listener;
    private final ProtocolServer server;
    private final SocketChannel channel;
    private final String id;
    private final InetSocketAddress client;
    private final boolean exempt;
    private final Instant since = Instant.now();
    private final Inbox inbox;
    private final Outbox outbox;
    private final Window window = new Window();
    private final Tape tape;
    private @Nullable Session session;
    private Framer framer = CommandFramer.lines(1000);
    private boolean starved;
    private boolean closing;
    private boolean ended;

    private volatile long lastHeard = System.nanoTime();
    private volatile Duration silence = Duration.ofMinutes(1);
    private volatile @Nullable Deadline deadline;
    private volatile @Nullable String tls;
    private volatile @Nullable SSLSession tlsSession;
    private volatile @Nullable String login;
    private volatile String doing = "";

    private record Deadline(long from, Duration longest) {
        boolean isOver(long now) {
            return now - from > longest.toNanos();
        }
    }

    /** @param client as PROXY named it, or the other end of the socket */
    ClientConnection(Listener listener, SocketChannel channel, InetSocketAddress client, String id, boolean exempt) {
        this.listener = listener;
        this.server = listener.server();
        this.channel = channel;
        this.id = id;
        this.client = client;
        this.exempt = exempt;
        this.inbox = new Inbox(channel, () -> listener.startWorker(id, this::work));
        this.outbox = new Outbox(channel, inbox);
        this.tape = listener.tape(id);
    }

    // The event loop's side

    /** In the clear the session begins with the connection, otherwise when the handshake is done. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            run(this::begin);
        }
    }

    /** The client is known only now, long after the channel became active. */
    void arrivedBehindProxy() {
        if (channel.pipeline().get(SslHandler.class) == null) {
            run(this::begin);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        lastHeard = System.nanoTime();
        inbox.arrive((ByteBuf) message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case SslHandshakeCompletionEvent handshake -> handshakeDone(context, handshake);
            case ChannelInputShutdownEvent half -> inputEnds();
            case SslCloseCompletionEvent close -> inputEnds();
            default -> ReferenceCountUtil.release(event);
        }
    }

    private void handshakeDone(ChannelHandlerContext context, SslHandshakeCompletionEvent handshake) {
        if (!handshake.isSuccess()) {
            LOG.log(Level.DEBUG, "session={0} client={1} status=handshake-failed", id, client.getHostString());
            context.close();
            return;
        }
        var agreed = context.pipeline().get(SslHandler.class).engine().getSession();
        tlsSession = agreed;
        var agreement = agreed.getProtocol() + " " + agreed.getCipherSuite();
        tls = agreement;
        tape.note(Wire.Who.TLS, agreement);
        run(this::begin);
    }

    private void inputEnds() {
        if (channel.isOutputShutdown()) {
            channel.close();
        }
        inbox.inputEnds();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        outbox.connectionEnds();
        inbox.connectionEnds();
        listener.left(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        outbox.writabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        var kind = problem.getClass().getSimpleName();
        LOG.log(Level.DEBUG, "session={0} client={1} status=broken problem={2}", id, client.getHostString(), kind);
        context.close();
    }

    // The worker's side

    private void work() {
        try {
            while (step()) {}
        } catch (Throwable problem) {
            LOG.log(Level.ERROR, "session=" + id + " status=fault", problem);
            closing = true;
            channel.close();
            finish();
            inbox.connectionEnds();
            inbox.drop();
        }
    }

    /** One thing after another, in this order: tasks, the next input, more octets; false when there is nothing left. */
    private boolean step() {
        var task = inbox.nextTask();
        if (task != null) {
            guarded(task);
        } else if (!starved && !closing && session != null) {
            guarded(this::cut);
        } else if (inbox.refill(window, !closing)) {
            starved = false;
        } else {
            return settle();
        }
        return true;
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (ConnectionClosed closed) {
            abandon();
        } catch (RuntimeException problem) {
            LOG.log(Level.ERROR, "session=" + id + " status=fault doing=" + doing, problem);
            farewell(Farewell.FAULT);
        }
        if (closing) {
            finish();
        }
    }

    private void begin() {
        if (session == null) {
            tape.note(Wire.Who.OPENED, protocol() + " " + client.getHostString() + ":" + client.getPort());
            var opened = server.open(this);
            session = opened;
            opened.greet();
        }
    }

    private void cut() {
        try {
            var input = framer.next(window, this);
            if (input == null) {
                starved = true;
                return;
            }
            tape.heard(input);
            try (input) {
                if (session != null) {
                    session.received(input);
                }
            }
            lastHeard = System.nanoTime();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Nothing to do: sends what was written, and lets the worker end. */
    private boolean settle() {
        if (!closing) {
            outbox.flush();
            window.trim();
        }
        return switch (inbox.rest(ended)) {
            case GO_ON -> true;
            case AT_END -> {
                guarded(this::close);
                yield true;
            }
            case SLEEP -> false;
        };
    }

    /** The client is gone; nothing that is left is of use. */
    private void abandon() {
        closing = true;
        outbox.drop();
        channel.close();
    }

    /** The session's last call, once. */
    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        tape.note(Wire.Who.CLOSED, "");
        window.clear();
        letGo(framer::close);
        if (session != null) {
            letGo(session::closed);
        }
        listener.finished(this);
    }

    private void letGo(Runnable last) {
        try {
            last.run();
        } catch (RuntimeException problem) {
            LOG.log(Level.ERROR, "session=" + id + " status=fault doing=close", problem);
        }
    }

    private void farewell(Farewell why) {
        if (closing) {
            return;
        }
        try {
            var text = server.farewell(why);
            if (session == null) {
                write(text);
            } else {
                session.farewell(this, text);
            }
            close();
        } catch (ConnectionClosed closed) {
            abandon();
        }
    }

    // What a session may ask

    @Override
    public void framer(Framer next) {
        framer.close();
        framer = next;
        starved = false;
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (!closing && outbox.write(octets, offset, length)) {
            awaitWritable();
        }
    }

    @Override
    public void said(String text) {
        tape.said(text);
    }

    @Override
    public void flush() {
        outbox.flush();
    }

    @Override
    public void awaitWritable() {
        outbox.await(silence);
        lastHeard = System.nanoTime();
    }

    @Override
    public void run(Runnable task) {
        inbox.add(task);
    }

    /**
     * RFC 3207 §4 and CVE-2021-38542: between the reply and the handshake there must be no octet that was sent in the clear
     * and is taken for one under TLS. So in one go on the event loop, where nothing can be read meanwhile: what arrived is
     * dropped, the reply leaves, and from then on every octet goes through TLS.
     */
    @Override
    public void startTls(String reply) {
        var handler = listener.newTls(channel);
        if (handler == null) {
            throw new IllegalStateException("no certificate");
        }
        write(reply);
        int unread = window.length();
        window.clear();
        var last = outbox.take();
        channel.eventLoop()
                .submit(() -> {
                    int dropped = unread + inbox.drop();
                    channel.writeAndFlush(last, channel.voidPromise());
                    channel.pipeline().addFirst("tls", handler);
                    channel.config().setAutoRead(true);
                    if (dropped > 0) {
                        LOG.log(Level.WARNING, "session={0} octets={1} status=dropped-before-tls", id, dropped);
                    }
                })
                .syncUninterruptibly();
        starved = true;
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            outbox.sendLast(silence);
        }
    }

    @Override
    public void end(Farewell why) {
        run(() -> farewell(why));
    }

    @Override
    public void silence(Duration longest) {
        silence = longest;
    }

    @Override
    public void deadline(@Nullable Duration longest) {
        deadline = longest == null ? null : new Deadline(System.nanoTime(), longest);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Protocol protocol() {
        return listener.protocol();
    }

    @Override
    public InetSocketAddress client() {
        return client;
    }

    @Override
    public boolean exempt() {
        return exempt;
    }

    @Override
    public boolean trusted() {
        return listener.isTrusted(client.getAddress());
    }

    @Override
    public @Nullable String tls() {
        return tls;
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return tlsSession;
    }

    @Override
    public boolean canStartTls() {
        return tls == null && listener.hasCertificate();
    }

    @Override
    public boolean passwordAllowed() {
        return tls != null || listener.passwordAllowedInClear(client.getAddress());
    }

    @Override
    public void login(String address) {
        tape.note(Wire.Who.LOGIN, address);
        login = address;
    }

    @Override
    public void doing(String command) {
        doing = command;
    }

    // What the listeners ask

    /** Closes the socket under whatever goes on. */
    void abort() {
        channel.close();
    }

    /** Whether the client has been silent for too long, and the next word is its own. */
    boolean isStale(long now) {
        return inbox.isWaiting() && now - lastHeard > silence.toNanos();
    }

    boolean isLate(long now) {
        var due = deadline;
        return due != null && due.isOver(now);
    }

    boolean isAt(Listener one) {
        return listener == one;
    }

    Wire.Session listed() {
        return new Wire.Session(id, protocol(), listener.declared().name(), client, since, tls != null, login, doing);
    }
}
