package org.mailroom.connector.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Wire;

/**
 * The one hard class: a client's connection between the event loop and its worker.
 *
 * <p>The event loop only moves octets. What arrives is queued here; when there is something in the queue and no worker runs, a
 * virtual thread is started that cuts inputs and hands them to the session until the queue is empty, and ends. So a
 * connection has at most one worker, an idle one has none, and whatever a session waits for holds up nobody else. While
 * more than {@link #BACKLOG} octets wait, nothing is read from the socket, and TCP slows the client down. In the other
 * direction, the worker waits when the client does not read.
 *
 * <p>{@code lock} guards what both sides touch: the queue, the tasks and the flags below it. The rest belongs to the worker.
 */
final class ClientConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final System.Logger LOG = System.getLogger(ClientConnection.class.getName());

    /** Octets that wait for the worker before reading stops. */
    private static final int BACKLOG = 64 * 1024;

    /** Octets that are gathered before they go to the channel. */
    private static final int GATHER = 32 * 1024;

    /** How long a client may take to notice that we closed, before the socket is closed under it. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final Listener listener;
    private final ProtocolServer server;
    private final SocketChannel channel;
    private final String id;
    private final InetSocketAddress client;
    private final boolean exempt;
    private final Instant since = Instant.now();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition writable = lock.newCondition();
    private final ArrayDeque<ByteBuf> arrived = new ArrayDeque<>();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int backlog;
    private boolean working;
    private boolean inputOver;
    private boolean gone;

    private final Window window = new Window();
    private @Nullable Session session;
    private Framer framer = CommandFramer.lines(1000);
    private boolean starved;
    private boolean closing;
    private boolean ended;
    private byte[] out = new byte[256];
    private int gathered;

    private volatile long lastHeard = System.nanoTime();
    private volatile Duration silence = Duration.ofMinutes(1);
    private volatile @Nullable String tls;
    private volatile @Nullable String login;
    private volatile String doing = "";

    ClientConnection(Listener listener, SocketChannel channel, String id, boolean exempt) {
        this.listener = listener;
        this.server = listener.server();
        this.channel = channel;
        this.id = id;
        this.client = channel.remoteAddress();
        this.exempt = exempt;
    }

    // The event loop's side

    /** In the clear the session begins with the connection, otherwise when the handshake is done. */
    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            run(this::begin);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var octets = (ByteBuf) message;
        lastHeard = System.nanoTime();
        lock.lock();
        try {
            if (gone || !octets.isReadable()) {
                octets.release();
                return;
            }
            arrived.add(octets);
            backlog += octets.readableBytes();
            if (backlog > BACKLOG) {
                channel.config().setAutoRead(false);
            }
            wake();
        } finally {
            lock.unlock();
        }
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
        var negotiated =
                context.pipeline().get(SslHandler.class).engine().getSession();
        tls = negotiated.getProtocol() + " " + negotiated.getCipherSuite();
        run(this::begin);
    }

    /** The client will send no more, but may still read what it asked for. */
    private void inputEnds() {
        if (channel.isOutputShutdown()) {
            channel.close();
        }
        lock.lock();
        try {
            inputOver = true;
            wake();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lock.lock();
        try {
            gone = true;
            inputOver = true;
            writable.signalAll();
            wake();
        } finally {
            lock.unlock();
        }
        listener.left(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        lock.lock();
        try {
            writable.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable problem) {
        LOG.log(Level.DEBUG, "session={0} client={1} status=broken problem={2}", id, client.getHostString(), problem
                .getClass()
                .getSimpleName());
        context.close();
    }

    /** With the lock held: sees to it that a worker runs. */
    private void wake() {
        if (!working) {
            working = true;
            listener.startWorker(id, this::work);
        }
    }

    // The worker's side

    private void work() {
        try {
            while (step()) {}
        } catch (Throwable problem) {
            LOG.log(Level.ERROR, "session=" + id + " status=fault", problem);
            channel.close();
            finish();
        }
    }

    /** One thing after another, in this order: tasks, the next input, more octets; false when there is nothing left. */
    private boolean step() {
        var task = nextTask();
        if (task != null) {
            guarded(task);
        } else if (!starved && !closing && session != null) {
            guarded(this::cut);
        } else if (refill()) {
            starved = false;
        } else {
            return settle();
        }
        return true;
    }

    private @Nullable Runnable nextTask() {
        lock.lock();
        try {
            return tasks.poll();
        } finally {
            lock.unlock();
        }
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

    /** Moves what arrived into the window; false where nothing did. */
    private boolean refill() {
        lock.lock();
        try {
            if (arrived.isEmpty()) {
                return false;
            }
            for (var octets = arrived.poll(); octets != null; octets = arrived.poll()) {
                if (!closing) {
                    window.add(octets);
                }
                octets.release();
            }
            backlog = 0;
        } finally {
            lock.unlock();
        }
        if (!channel.config().isAutoRead()) {
            channel.config().setAutoRead(true);
        }
        return true;
    }

    /** Nothing to do: sends what was written, and lets the worker end. */
    private boolean settle() {
        if (!closing) {
            flush();
            window.trim();
        }
        lock.lock();
        try {
            if (!tasks.isEmpty() || !arrived.isEmpty()) {
                return true;
            }
            if (!inputOver || ended) {
                working = false;
                return false;
            }
        } finally {
            lock.unlock();
        }
        guarded(this::close);
        return true;
    }

    /** The client is gone; nothing that is left is of use. */
    private void abandon() {
        closing = true;
        gathered = 0;
        channel.close();
    }

    /** The session's last call, once. */
    private void finish() {
        if (ended) {
            return;
        }
        ended = true;
        window.clear();
        try {
            framer.close();
            if (session != null) {
                session.closed();
            }
        } catch (RuntimeException problem) {
            if (!(problem instanceof ConnectionClosed)) {
                LOG.log(Level.ERROR, "session=" + id + " status=fault doing=close", problem);
            }
        }
        listener.finished(this);
    }

    private void farewell(Farewell why) {
        if (closing) {
            return;
        }
        try {
            write(server.farewell(why));
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
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (closing) {
            return;
        }
        if (gathered + length > out.length) {
            out = Arrays.copyOf(out, Math.max(gathered + length, out.length * 2));
        }
        System.arraycopy(octets, offset, out, gathered, length);
        gathered += length;
        if (gathered >= GATHER) {
            awaitWritable();
        }
    }

    @Override
    public void flush() {
        if (gathered == 0) {
            return;
        }
        channel.writeAndFlush(gathered(), channel.voidPromise());
    }

    private ByteBuf gathered() {
        var octets = Unpooled.wrappedBuffer(out, 0, gathered);
        out = new byte[256];
        gathered = 0;
        return octets;
    }

    @Override
    public void awaitWritable() {
        flush();
        if (channel.isWritable()) {
            return;
        }
        lock.lock();
        try {
            long left = silence.toNanos();
            while (!gone && !channel.isWritable()) {
                if (left <= 0) {
                    channel.close();
                    throw new ConnectionClosed();
                }
                left = writable.awaitNanos(left);
            }
            if (gone) {
                throw new ConnectionClosed();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectionClosed();
        } finally {
            lock.unlock();
        }
        lastHeard = System.nanoTime();
    }

    @Override
    public void run(Runnable task) {
        lock.lock();
        try {
            if (!gone) {
                tasks.add(task);
                wake();
            }
        } finally {
            lock.unlock();
        }
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
        window.clear();
        var last = gathered();
        channel.eventLoop()
                .submit(() -> {
                    int dropped = dropArrived();
                    if (dropped > 0) {
                        LOG.log(
                                Level.WARNING,
                                "session={0} client={1} octets={2} status=dropped-before-tls",
                                id,
                                client.getHostString(),
                                dropped);
                    }
                    channel.writeAndFlush(last, channel.voidPromise());
                    channel.pipeline().addFirst("tls", handler);
                    channel.config().setAutoRead(true);
                })
                .syncUninterruptibly();
        starved = true;
    }

    private int dropArrived() {
        lock.lock();
        try {
            arrived.forEach(ByteBuf::release);
            arrived.clear();
            int dropped = backlog;
            backlog = 0;
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The last reply must arrive: a socket that is closed while octets of the client lie unread in it answers with a reset,
     * which takes the reply away again. So only our side is closed, and the rest is read and dropped for a while.
     */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        channel.writeAndFlush(gathered()).addListener((ChannelFutureListener) sent -> {
            if (!sent.isSuccess()) {
                sent.channel().close();
                return;
            }
            var secured = channel.pipeline().get(SslHandler.class);
            if (secured != null) {
                secured.closeOutbound().addListener(told -> hangUp());
            } else {
                hangUp();
            }
        });
    }

    private void hangUp() {
        lock.lock();
        boolean over = inputOver;
        lock.unlock();
        if (over) {
            channel.close();
            return;
        }
        channel.shutdownOutput();
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule((Runnable) channel::close, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void end(Farewell why) {
        run(() -> farewell(why));
    }

    /** Closes the socket under whatever goes on. */
    void abort() {
        channel.close();
    }

    /** Whether the client has been silent for too long while nobody worked for it. */
    boolean isStale(long now) {
        lock.lock();
        try {
            return !working && !gone && now - lastHeard > silence.toNanos();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void silence(Duration longest) {
        silence = longest;
    }

    @Override
    public boolean isOpen() {
        return channel.isActive() && !closing;
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
    public @Nullable String tls() {
        return tls;
    }

    @Override
    public boolean canStartTls() {
        return tls == null && listener.hasCertificate();
    }

    @Override
    public boolean passwordAllowed() {
        return tls != null
                || switch (listener.plaintextLogin()) {
                    case ALWAYS -> true;
                    case NEVER -> false;
                    case LOOPBACK -> client.getAddress().isLoopbackAddress();
                };
    }

    @Override
    public void login(String address) {
        login = address;
    }

    @Override
    public void doing(String command) {
        doing = command;
    }

    Wire.Session listed() {
        return new Wire.Session(id, protocol(), client, since, tls != null, login, doing);
    }

    boolean isAt(Listener one) {
        return listener == one;
    }
}
