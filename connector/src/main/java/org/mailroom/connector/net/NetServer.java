package org.mailroom.connector.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Wire;
import org.mailroom.contract.wire.WireSettings;

/**
 * All open sockets. One that cannot be opened is told in {@link #problem} and the others stay open: a port that is taken
 * must not stop the mail of the others, and the console, which shows the problem, is not of ours.
 */
public final class NetServer {
    private static final System.Logger LOG = System.getLogger(NetServer.class.getName());
    private static final Duration LAST_RESORT = Duration.ofSeconds(5);

    private final EventLoopGroup loops;
    private final Sessions sessions;
    private final Certificates certificates;
    private final List<Opened> opened = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Thread clock;

    private record Opened(Channel channel, Listener listener) {}

    private NetServer(WireSettings settings) {
        loops = new MultiThreadIoEventLoopGroup(
                Math.min(4, Runtime.getRuntime().availableProcessors()),
                new DefaultThreadFactory("mailroom-wire", true),
                NioIoHandler.newFactory());
        sessions = new Sessions(settings);
        certificates = new Certificates(settings.tls());
        clock = Thread.ofVirtual().name("mailroom-clock").unstarted(this::tick);
    }

    /** Opens what the settings list; protocols without a server are left out. */
    public static NetServer open(WireSettings settings, Map<Protocol, ProtocolServer> servers) {
        var server = new NetServer(settings);
        for (var declared : settings.listeners()) {
            var protocol = servers.get(declared.protocol());
            if (protocol != null) {
                server.bind(declared, protocol, settings);
            }
        }
        server.clock.start();
        return server;
    }

    private void bind(WireSettings.Listener declared, ProtocolServer protocol, WireSettings settings) {
        var listener = new Listener(declared, protocol, sessions, certificates, settings.plaintextLogin());
        if (declared.implicitTls() && certificates.current() == null) {
            problem(declared, "there is no certificate at " + settings.tls().certificate());
            return;
        }
        var bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(32 * 1024, 64 * 1024))
                .childHandler(listener)
                .bind(new InetSocketAddress(declared.address(), declared.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            problem(declared, String.valueOf(bound.cause().getMessage()));
            return;
        }
        opened.add(new Opened(bound.channel(), listener));
        LOG.log(
                Level.INFO,
                "listener={0} address={1} status=open",
                declared.name(),
                bound.channel().localAddress());
    }

    private void problem(WireSettings.Listener declared, String why) {
        var text = declared.name() + " cannot open " + declared.address() + ":" + declared.port() + ": " + why;
        problems.add(text);
        LOG.log(Level.ERROR, "listener={0} status=closed problem={1}", declared.name(), text);
    }

    /** What could not be opened, for people; empty where all is open. */
    public String problem() {
        return String.join("; ", problems);
    }

    /** What new clients are shown is what the files hold now. */
    public void readCertificate() {
        certificates.refresh();
    }

    /** Once a second: clients that are silent for too long, and now and then a certificate that changed. */
    private void tick() {
        try {
            for (int seconds = 1; ; seconds++) {
                Thread.sleep(1000);
                look(seconds);
            }
        } catch (InterruptedException stopped) {
            // stop() did that.
        }
    }

    private void look(int seconds) {
        try {
            long now = System.nanoTime();
            sessions.all().stream().filter(c -> c.isStale(now)).forEach(c -> c.end(Farewell.IDLE));
            sessions.all().stream().filter(c -> c.isLate(now)).forEach(c -> c.end(Farewell.TOO_SLOW));
            if (seconds % 5 == 0) {
                certificates.refresh();
            }
        } catch (RuntimeException problem) {
            // The clock must not stop: silent clients would stay for good.
            LOG.log(Level.ERROR, "status=fault doing=clock", problem);
        }
    }

    public List<Wire.Listening> listeners() {
        var all = sessions.all();
        return opened.stream()
                .map(o -> new Wire.Listening(
                        o.listener().protocol(),
                        o.listener().declared().name(),
                        (InetSocketAddress) o.channel().localAddress(),
                        o.listener().declared().implicitTls(),
                        (int) all.stream().filter(c -> c.isAt(o.listener())).count()))
                .toList();
    }

    public List<Wire.Session> sessions() {
        return sessions.all().stream().map(ClientConnection::listed).toList();
    }

    /** What was said lately in a session, without secrets and messages. */
    public List<Wire.Said> transcript(String session, long after) {
        return sessions.transcripts().of(session, after);
    }

    /** Sessions of which something is kept, the latest first. */
    public List<Wire.Past> past(int most) {
        return sessions.transcripts().past(most);
    }

    /** New clients are turned away, or no longer. */
    public void drain(boolean draining) {
        sessions.drain(draining);
    }

    /** Ends a session politely (421, BYE); false where there is none of this id. */
    public boolean end(String session) {
        var connection = sessions.find(session);
        if (connection == null) {
            return false;
        }
        connection.end(Farewell.ENDED);
        return true;
    }

    /**
     * Closes the listeners, says goodbye to every client after the command that it waits for, and lets go of its threads.
     *
     * @param grace how long commands may take before their sockets are closed under them
     */
    public void stop(Duration grace) {
        clock.interrupt();
        opened.forEach(o -> o.channel().close().awaitUninterruptibly());
        sessions.shut();
        sessions.all().forEach(c -> c.end(Farewell.STOPPING));
        try {
            if (!sessions.awaitEmpty(grace)) {
                sessions.sockets().forEach(ClientConnection::abort);
                sessions.awaitEmpty(LAST_RESORT);
            }
            loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(LAST_RESORT.toMillis());
            clock.join(LAST_RESORT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        LOG.log(Level.INFO, "listeners={0} status=closed", opened.size());
    }

    /**
     * Waits for the thread that Netty itself has beside all servers. It ends when nobody has needed it for a second, and only
     * undeploying has to wait for that.
     */
    public static void awaitHelper() {
        try {
            GlobalEventExecutor.INSTANCE.awaitInactivity(LAST_RESORT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalStateException neverStarted) {
            LOG.log(Level.DEBUG, "no helper thread to wait for");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
