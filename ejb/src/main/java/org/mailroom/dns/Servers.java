package org.mailroom.dns;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedFlags;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.Type;
import org.xbill.DNS.dnssec.ValidatingResolver;

/** The name servers that are asked, and whether what they say is believed. */
final class Servers {
    private static final System.Logger LOG = System.getLogger(Servers.class.getName());
    private static final int PORT = 53;

    /** What passes everywhere in one piece; more comes by TCP. */
    private static final int LARGEST_PACKET = 1232;

    private static final Duration ASK_AGAIN = Duration.ofMinutes(10);

    private final Resolver plain;
    private final Resolver validating;
    private final Dnssec dnssec;

    private final ReentrantLock probing = new ReentrantLock();
    private volatile boolean signed;
    private volatile Instant nextProbe = Instant.MIN;

    /** @param anchors DS or DNSKEY records of the root, as a zone file has them; read only where we validate */
    Servers(List<String> servers, Duration timeout, Dnssec dnssec, InputStream anchors) {
        this.dnssec = dnssec;
        this.signed = dnssec == Dnssec.VALIDATE;
        plain = asked(servers, timeout);
        plain.setEDNS(0, LARGEST_PACKET, 0, List.of());
        validating = dnssec == Dnssec.VALIDATE || dnssec == Dnssec.AUTO
                ? validating(asked(servers, timeout), anchors)
                : plain;
    }

    private static Resolver asked(List<String> servers, Duration timeout) {
        try {
            var extended = servers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(resolvers(servers));
            for (var each : extended.getResolvers()) {
                each.setTimeout(timeout);
            }
            // Each server twice, and then it is enough.
            extended.setRetries(2);
            extended.setTimeout(timeout.multipliedBy(2L * Math.max(1, extended.getResolvers().length)));
            return extended;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("mail.dns.servers: " + e.getMessage(), e);
        }
    }

    private static List<Resolver> resolvers(List<String> servers) throws UnknownHostException {
        var resolvers = new ArrayList<Resolver>();
        for (var server : servers) {
            resolvers.add(new SimpleResolver(address(server)));
        }
        return resolvers;
    }

    private static InetSocketAddress address(String server) throws UnknownHostException {
        int colon = server.lastIndexOf(':');
        boolean hasPort = colon > 0 && (server.indexOf(':') == colon || server.charAt(colon - 1) == ']');
        var host = hasPort ? server.substring(0, colon) : server;
        int port = hasPort ? Integer.parseInt(server.substring(colon + 1)) : PORT;
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    private static Resolver validating(Resolver servers, InputStream anchors) {
        var resolver = new ValidatingResolver(servers);
        resolver.setEDNS(0, LARGEST_PACKET, ExtendedFlags.DO, List.of());
        try {
            resolver.loadTrustAnchors(anchors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return resolver;
    }

    /** The answer to one question; NXDOMAIN is one. Throws where there is none that can be believed. */
    Message ask(Name name, int type) throws IOException {
        var query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        if (dnssec == Dnssec.TRUST) {
            // RFC 6840 §5.7: by this bit a question asks for the bit in the answer.
            query.getHeader().setFlag(Flags.AD);
        }
        var answer = (validates() ? validating : plain).send(query);
        int code = answer.getRcode();
        if (code != Rcode.NOERROR && code != Rcode.NXDOMAIN) {
            throw new NoReplyException(why(answer));
        }
        return answer;
    }

    boolean isSecure(Message answer) {
        return (dnssec == Dnssec.TRUST || validates()) && answer.getHeader().getFlag(Flags.AD);
    }

    /** What the validator says, if it was that who refused the answer. */
    private static String why(Message answer) {
        return answer.getSection(Section.ADDITIONAL).stream()
                .filter(record -> record.getDClass() == ValidatingResolver.VALIDATION_REASON_QCLASS)
                .filter(TXTRecord.class::isInstance)
                .map(record -> "DNSSEC: " + String.join("", ((TXTRecord) record).getStrings()))
                .findFirst()
                .orElseGet(() -> Rcode.string(answer.getRcode()));
    }

    /** Once the root was seen with its signature it is demanded for good, so that nobody can talk us out of it. */
    private boolean validates() {
        if (signed || dnssec != Dnssec.AUTO || Instant.now().isBefore(nextProbe) || !probing.tryLock()) {
            return signed;
        }
        try {
            signed = rootIsSigned();
            nextProbe = Instant.now().plus(ASK_AGAIN);
            LOG.log(
                    signed ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    signed
                            ? "dns dnssec=validate"
                            : "dns dnssec=off cause=the name servers hand out no signatures of the root");
        } finally {
            probing.unlock();
        }
        return signed;
    }

    private boolean rootIsSigned() {
        try {
            var answer = validating.send(Message.newQuery(Record.newRecord(Name.root, Type.DNSKEY, DClass.IN)));
            return answer.getRcode() == Rcode.NOERROR && answer.getHeader().getFlag(Flags.AD);
        } catch (IOException e) {
            return false;
        }
    }
}
