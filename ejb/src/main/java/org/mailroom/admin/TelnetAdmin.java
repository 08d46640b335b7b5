package org.mailroom.admin;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.config.Settings;
import org.mailroom.contract.Protocol;
import org.mailroom.contract.wire.Wire;
import org.mailroom.dialogue.Dialogue;
import org.mailroom.dns.NameService;
import org.mailroom.house.OpenWire;

/**
 * Conversations by hand, from where this server stands in the network: with our own listeners, and with the hosts to which mail for a
 * domain would go. Nobody else can be reached this way; few at a time, and each stands in the audit log.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@ManagedExecutorDefinition(name = "java:app/mailroom/telnet", virtual = true)
@RolesAllowed(Role.ADMINISTRATOR)
public class TelnetAdmin {
    private static final int MOST = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Led> led = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(MOST);
    private final SecureRandom random = new SecureRandom();

    @Resource(lookup = "java:app/mailroom/telnet")
    private ManagedExecutorService executor;

    @Resource
    private SessionContext session;

    @Inject
    private OpenWire wire;

    @Inject
    private RouteAdmin routes;

    @Inject
    private NameService names;

    @Inject
    private TelnetAudit audit;

    private TelnetSettings settings;

    private record Led(String who, TelnetTarget target, Dialogue dialogue) {}

    @PostConstruct
    void configure() {
        settings = TelnetSettings.of(Settings.current());
    }

    /** Our own listeners. */
    public List<TelnetTarget> here() {
        return wire.listeners().stream().map(TelnetAdmin::own).toList();
    }

    private static TelnetTarget own(Wire.Listening listener) {
        var bound = listener.address().getAddress();
        var address = bound.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bound;
        return new TelnetTarget(
                "here " + listener.name(),
                "localhost",
                address.getHostAddress(),
                listener.address().getPort(),
                listener.protocol().name(),
                listener.implicitTls());
    }

    /** The ports at which others may be talked to. */
    public List<Integer> ports() {
        return settings.ports().stream().sorted().toList();
    }

    /**
     * Where mail for a domain would go, and what DNS says on the way; waits for name servers.
     *
     * @param port at which to talk; 0: where the mail would go
     */
    public TelnetWay way(String domain, int port) throws AdminException {
        var outlook = routes.explain(domain, "");
        boolean route = outlook.by().equals("route");
        var steps = new TelnetSteps(names.dns());
        if (!route) {
            steps.exchangers(outlook.domain());
            steps.policy(outlook.domain());
        }
        outlook.hosts().forEach(steps::host);
        outlook.hosts().forEach(steps::demand);
        var targets = outlook.hosts().stream()
                .filter(host -> route || TelnetReach.isPublic(host.address()))
                .flatMap(host -> target(outlook.domain(), host, port, route))
                .toList();
        return new TelnetWay(outlook.domain(), outlook.by(), steps.steps(), targets, outlook.trouble());
    }

    /** An administrator wrote the route, so the port in it is as good as one in the configuration. */
    private Stream<TelnetTarget> target(String domain, RouteOutlook.Host host, int wanted, boolean route) {
        int port = wanted == 0 ? host.port() : wanted;
        if (!settings.ports().contains(port)
                && !(route && port == host.port() && !settings.ports().isEmpty())) {
            return Stream.empty();
        }
        return Stream.of(new TelnetTarget(
                String.join(" ", "there", domain, host.address(), String.valueOf(port)),
                host.name(),
                host.address(),
                port,
                protocol(port, host.protocol()).name(),
                port == host.port()
                        ? host.protocol().equals("smtps")
                        : List.of(465, 993, 995).contains(port)));
    }

    private static Protocol protocol(int port, String scheme) {
        return switch (port) {
            case 110, 995 -> Protocol.POP3;
            case 143, 993 -> Protocol.IMAP;
            case 465, 587 -> Protocol.SUBMISSION;
            default -> scheme.equals("lmtp") || port == 24 ? Protocol.LMTP : Protocol.SMTP;
        };
    }

    /** @param id of a target that {@link #here} or {@link #way} told; returns the id of the conversation */
    public String open(String id) throws AdminException {
        sweep();
        var target = find(id);
        if (!places.tryAcquire()) {
            throw new AdminException(Kind.CONFLICT, "There are " + MOST + " conversations already; end one of them");
        }
        boolean begun = false;
        try {
            audit.opened(target.host(), target.address() + ":" + target.port());
            var dialogue = Dialogue.open(
                    target.host(),
                    Protocol.valueOf(target.protocol()),
                    new InetSocketAddress(InetAddress.ofLiteral(target.address()), target.port()),
                    target.tls());
            var name = name();
            executor.execute(() -> lead(dialogue));
            begun = true;
            led.put(name, new Led(who(), target, dialogue));
            await(dialogue, 1);
            return name;
        } catch (IOException e) {
            throw new AdminException(Kind.CONFLICT, target.host() + " cannot be reached: " + e.getMessage());
        } finally {
            if (!begun) {
                places.release();
            }
        }
    }

    private void lead(Dialogue dialogue) {
        try {
            dialogue.listen();
        } finally {
            places.release();
        }
    }

    private TelnetTarget find(String id) throws AdminException {
        var words = id.split(" ");
        boolean there = words.length == 4 && words[0].equals("there") && words[3].matches("\\d{1,5}");
        var known = there ? way(words[1], Integer.parseInt(words[3])).targets() : here();
        return known.stream()
                .filter(target -> target.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no such host that mail would go to"));
    }

    /** Sends a line and waits a moment for what is said to it. */
    public void send(String name, String line) throws AdminException {
        var dialogue = mine(name).dialogue();
        try {
            int before = dialogue.lines().size();
            dialogue.send(line);
            await(dialogue, before + 1);
        } catch (IOException e) {
            throw new AdminException(Kind.CONFLICT, "Not sent: " + e.getMessage());
        }
    }

    private static void await(Dialogue dialogue, int lines) {
        try {
            dialogue.awaitReply(lines, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public TelnetTalk talk(String name) throws AdminException {
        var one = mine(name);
        var lines = one.dialogue().lines().stream()
                .map(line -> new TelnetLine(line.at(), line.kind().name().toLowerCase(Locale.ROOT), line.text()))
                .toList();
        return new TelnetTalk(
                name, one.target(), usual(one.target()), lines, one.dialogue().closed());
    }

    private List<String> usual(TelnetTarget target) {
        var lines = switch (Protocol.valueOf(target.protocol())) {
            case SMTP, SUBMISSION -> List.of("EHLO " + settings.hostname(), "STARTTLS", "NOOP", "QUIT");
            case LMTP -> List.of("LHLO " + settings.hostname(), "STARTTLS", "NOOP", "QUIT");
            case POP3 -> List.of("CAPA", "STLS", "STAT", "QUIT");
            case IMAP -> List.of("a CAPABILITY", "b STARTTLS", "c NOOP", "d LOGOUT");
        };
        return lines.stream()
                .filter(line -> !(target.tls() && line.matches(".*(STARTTLS|STLS)")))
                .toList();
    }

    /** Those of the caller, the newest last. */
    public List<TelnetTalk> talks() throws AdminException {
        sweep();
        var found = new ArrayList<TelnetTalk>();
        for (var entry : led.entrySet()) {
            if (entry.getValue().who().equals(who())) {
                found.add(talk(entry.getKey()));
            }
        }
        found.sort(Comparator.comparing(talk -> talk.lines().getFirst().at()));
        return found;
    }

    /** Of the lines of a conversation. */
    public News news(String name) throws AdminException {
        var dialogue = mine(name).dialogue();
        return (seen, longest) -> dialogue.await((int) seen, longest);
    }

    public void close(String name) throws AdminException {
        mine(name).dialogue().close();
        led.remove(name);
    }

    private Led mine(String name) throws AdminException {
        var found = led.get(name);
        if (found == null || !found.who().equals(who())) {
            throw new AdminException(Kind.NOT_FOUND, "That conversation is over");
        }
        return found;
    }

    /** What has ended can be read for a while. */
    private void sweep() {
        var now = Instant.now();
        led.values().stream()
                .filter(one -> one.dialogue().until().isBefore(now))
                .forEach(one -> one.dialogue().close());
        led.values().removeIf(one -> one.dialogue().until().isBefore(now));
        if (led.size() > 10 * MOST) {
            led.values().removeIf(one -> one.dialogue().closed());
        }
    }

    private String who() {
        return session.getCallerPrincipal().getName();
    }

    private String name() {
        var octets = new byte[12];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    @PreDestroy
    void end() {
        led.values().forEach(one -> one.dialogue().close());
    }
}
