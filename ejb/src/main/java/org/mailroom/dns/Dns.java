package org.mailroom.dns;

import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** DNS as mail needs it, with a cache of its own and a bound on waiting. */
public final class Dns implements Closeable {
    private static final int PORT = 53;

    private final Resolver resolver;
    private final Cache cache = new Cache(DClass.IN);

    /** @param servers {@code address} or {@code address:port}; none: those of the machine */
    public Dns(List<String> servers, Duration timeout) {
        try {
            var extended = servers.isEmpty() ? new ExtendedResolver() : new ExtendedResolver(resolvers(servers));
            for (var each : extended.getResolvers()) {
                each.setTimeout(timeout);
            }
            // Each server twice, and then it is enough.
            extended.setRetries(2);
            extended.setTimeout(timeout.multipliedBy(2L * Math.max(1, extended.getResolvers().length)));
            resolver = extended;
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

    /** What DNS says to one question. */
    public sealed interface Answer<T> {
        /** @param values never empty */
        record Found<T>(List<T> values) implements Answer<T> {}

        /** @param name whether the name is there, with other types of records */
        record None<T>(boolean name) implements Answer<T> {}

        /** The servers did not answer, or in vain. */
        record Unknown<T>(String why) implements Answer<T> {}
    }

    /** One MX record. */
    public record Exchanger(int preference, String host) {}

    public Answer<Exchanger> exchangers(String domain) {
        return ask(
                domain,
                Type.MX,
                record -> record instanceof MXRecord mx
                        ? Optional.of(new Exchanger(mx.getPriority(), text(mx.getTarget())))
                        : Optional.empty());
    }

    public Answer<InetAddress> addresses(String host, boolean six) {
        return ask(host, six ? Type.AAAA : Type.A, record -> switch (record) {
            case ARecord a -> Optional.of(a.getAddress());
            case AAAARecord aaaa -> Optional.of(aaaa.getAddress());
            default -> Optional.empty();
        });
    }

    /** TXT records, the strings of each joined without blanks (RFC 7208 §3.3). */
    public Answer<String> texts(String name) {
        return ask(
                name,
                Type.TXT,
                record -> record instanceof TXTRecord txt
                        ? Optional.of(txt.getStringsAsByteArrays().stream()
                                .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
                                .collect(Collectors.joining()))
                        : Optional.empty());
    }

    /** The names that an address says it has (PTR); whether they point back is the caller's question. */
    public Answer<String> names(InetAddress address) {
        return ask(
                ReverseMap.fromAddress(address).toString(),
                Type.PTR,
                record -> record instanceof PTRRecord ptr ? Optional.of(text(ptr.getTarget())) : Optional.empty());
    }

    private <T> Answer<T> ask(String name, int type, java.util.function.Function<Record, Optional<T>> value) {
        var lookup = lookup(name, type);
        if (lookup.isEmpty()) {
            return new Answer.None<>(false);
        }
        var records = lookup.get().run();
        return switch (lookup.get().getResult()) {
            case Lookup.SUCCESSFUL -> found(records, value);
            case Lookup.TYPE_NOT_FOUND -> new Answer.None<>(true);
            case Lookup.HOST_NOT_FOUND -> new Answer.None<>(false);
            default -> new Answer.Unknown<>(lookup.get().getErrorString());
        };
    }

    private static <T> Answer<T> found(Record[] records, java.util.function.Function<Record, Optional<T>> value) {
        var values = Arrays.stream(records).map(value).flatMap(Optional::stream).toList();
        return values.isEmpty() ? new Answer.None<>(true) : new Answer.Found<>(values);
    }

    /** Nothing where the text is no name. */
    private Optional<Lookup> lookup(String text, int type) {
        try {
            var lookup = new Lookup(Name.fromString(text, Name.root), type);
            lookup.setResolver(resolver);
            lookup.setCache(cache);
            lookup.setHostsFileParser(null);
            return Optional.of(lookup);
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    private static String text(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(java.util.Locale.ROOT);
    }

    /** Ends the library's thread, which would outlive the application. */
    @Override
    public void close() {
        NioClient.close();
    }
}
