package org.mailroom.connector.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a connection's worker writes: gathered, so that replies to pipelined commands leave together (RFC 2920 §3.2). */
final class Outbox {
    /** Octets that are gathered before they go to the channel. */
    private static final int GATHER = 32 * 1024;

    private static final int FIRST_ROOM = 256;

    /** How long a client may take to notice that we closed, before the socket is closed under it. */
    private static final Duration LINGER = Duration.ofSeconds(2);

    private final SocketChannel channel;
    private final Inbox inbox;
    private byte[] out = new byte[FIRST_ROOM];
    private int gathered;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean gone;

    Outbox(SocketChannel channel, Inbox inbox) {
        this.channel = channel;
        this.inbox = inbox;
    }

    /** Returns whether so much has gathered that it should leave. */
    boolean write(byte[] octets, int offset, int length) {
        if (gathered + length > out.length) {
            out = Arrays.copyOf(out, Math.max(gathered + length, out.length * 4));
        }
        System.arraycopy(octets, offset, out, gathered, length);
        gathered += length;
        return gathered >= GATHER;
    }

    void flush() {
        if (gathered > 0) {
            channel.writeAndFlush(take(), channel.voidPromise());
        }
    }

    /** What has gathered, for the caller to send. */
    ByteBuf take() {
        var octets = Unpooled.wrappedBuffer(out, 0, gathered);
        out = new byte[FIRST_ROOM];
        gathered = 0;
        return octets;
    }

    void drop() {
        gathered = 0;
    }

    /**
     * Waits until the client has read most of what was sent.
     *
     * @throws ConnectionClosed where it is gone, or read nothing for so long
     */
    void await(Duration longest) {
        flush();
        if (channel.isWritable()) {
            return;
        }
        lock.lock();
        try {
            long left = longest.toNanos();
            while (!gone && !channel.isWritable() && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (gone || left <= 0) {
                throw new ConnectionClosed();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectionClosed();
        } finally {
            lock.unlock();
        }
    }

    void writabilityChanged() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void connectionEnds() {
        lock.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends what has gathered and closes. The last reply must arrive: a socket that is closed while octets of the client lie
     * unread in it answers with a reset, which takes the reply away again. So only our side is closed, and the rest is read
     * and dropped for a while.
     *
     * @param longest for a client that reads none of it
     */
    void sendLast(Duration longest) {
        var patience =
                channel.eventLoop().schedule((Runnable) channel::close, longest.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> patience.cancel(false));
        channel.writeAndFlush(take()).addListener((ChannelFutureListener) sent -> {
            if (!sent.isSuccess()) {
                channel.close();
                return;
            }
            var secured = channel.pipeline().get(SslHandler.class);
            if (secured == null) {
                hangUp();
            } else {
                secured.closeOutbound().addListener(told -> hangUp());
            }
        });
    }

    private void hangUp() {
        if (inbox.isInputOver()) {
            channel.close();
            return;
        }
        channel.shutdownOutput();
        channel.config().setAutoRead(true);
        channel.eventLoop().schedule((Runnable) channel::close, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
}
