package org.mailroom.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TLSARecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** DNS as mail needs it, with a cache of its own, a bound on waiting, and knowledge of which answers are secure. */
public final class Dns implements Closeable {
    /** Aliases in a row; a longer chain goes round in a circle. */
    private static final int MOST_ALIASES = 8;

    /** Records in the cache, of all answers together. */
    private static final long MOST_RECORDS = 200_000;

    private static final Duration LONGEST_KEPT = Duration.ofDays(1);
    private static final Duration LONGEST_NOTHING_KEPT = Duration.ofHours(1);

    private final Servers servers;
    private final Cache<Question, Reply> cache;

    private record Question(Name name, int type) {}

    /**
     * Without DNSSEC.
     *
     * @param servers {@code address} or {@code address:port}; none: those of the machine
     */
    public Dns(List<String> servers, Duration timeout) {
        this(servers, timeout, Dnssec.OFF, InputStream.nullInputStream());
    }

    /** @param anchors the keys of the root, as a zone file has them (DS or DNSKEY) */
    Dns(List<String> servers, Duration timeout, Dnssec dnssec, InputStream anchors) {
        this.servers = new Servers(servers, timeout, dnssec, anchors);
        this.cache = Caffeine.newBuilder()
                .maximumWeight(MOST_RECORDS)
                .weigher((Question question, Reply reply) -> 1 + reply.records().size())
                .expireAfter(Expiry.creating((Question question, Reply reply) -> reply.keep()))
                .build();
    }

    /** One MX record. */
    public record Exchanger(int preference, String host) {}

    public Answer<Exchanger> exchangers(String domain) {
        return ask(domain, Type.MX, MXRecord.class, mx -> new Exchanger(mx.getPriority(), text(mx.getTarget())));
    }

    public Answer<InetAddress> addresses(String host, boolean six) {
        return six
                ? ask(host, Type.AAAA, AAAARecord.class, AAAARecord::getAddress)
                : ask(host, Type.A, ARecord.class, ARecord::getAddress);
    }

    /** TXT records, the strings of each joined without blanks (RFC 7208 §3.3); one octet a character. */
    public Answer<String> texts(String name) {
        return ask(
                name,
                Type.TXT,
                TXTRecord.class,
                txt -> txt.getStringsAsByteArrays().stream()
                        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
                        .collect(Collectors.joining()));
    }

    /** The names that an address says it has (PTR); whether they point back is the caller's question. */
    public Answer<String> names(InetAddress address) {
        return ask(ReverseMap.fromAddress(address), Type.PTR, PTRRecord.class, ptr -> text(ptr.getTarget()));
    }

    /** Where a service is found (RFC 2782). */
    public record Service(int priority, int weight, int port, String host) {
        /** As a zone has it. */
        public String text() {
            return priority + " " + weight + " " + port + " " + host + ".";
        }
    }

    /** @param name such as {@code _imaps._tcp.there.test} */
    public Answer<Service> services(String name) {
        return ask(
                name,
                Type.SRV,
                SRVRecord.class,
                srv -> new Service(srv.getPriority(), srv.getWeight(), srv.getPort(), text(srv.getTarget())));
    }

    /**
     * What a TLS server's certificate must match (RFC 6698 §2.1).
     *
     * @param data the certificate, its key, or a digest of one of them
     */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Tlsa(int usage, int selector, int matching, byte[] data) {}

    /** @param name such as {@code _25._tcp.mail.there.test}; only a secure answer means anything */
    public Answer<Tlsa> tlsa(String name) {
        return ask(
                name,
                Type.TLSA,
                TLSARecord.class,
                tlsa -> new Tlsa(
                        tlsa.getCertificateUsage(),
                        tlsa.getSelector(),
                        tlsa.getMatchingType(),
                        tlsa.getCertificateAssociationData()));
    }

    private <R extends Record, T> Answer<T> ask(String name, int type, Class<R> kind, Function<R, T> value) {
        return name(name).map(asked -> ask(asked, type, kind, value)).orElseGet(() -> new Answer.None<>(false, false));
    }

    private <R extends Record, T> Answer<T> ask(Name name, int type, Class<R> kind, Function<R, T> value) {
        try {
            var reply = reply(name, type, MOST_ALIASES);
            var values = reply.records().stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .map(value)
                    .toList();
            return values.isEmpty()
                    ? new Answer.None<>(reply.known(), reply.secure())
                    : new Answer.Found<>(values, reply.secure(), text(reply.name()));
        } catch (IOException e) {
            return new Answer.Unknown<>(String.valueOf(e.getMessage()));
        }
    }

    /** Nothing where the text is no name. */
    private static Optional<Name> name(String text) {
        try {
            return Optional.of(Name.fromString(text, Name.root));
        } catch (TextParseException e) {
            return Optional.empty();
        }
    }

    private Reply reply(Name name, int type, int aliases) throws IOException {
        var question = new Question(name, type);
        var known = cache.getIfPresent(question);
        if (known != null) {
            return known;
        }
        var reply = read(servers.ask(name, type), name, type, aliases);
        if (!reply.keep().isZero()) {
            cache.put(question, reply);
        }
        return reply;
    }

    /** Follows the aliases that the answer has, and asks for what is behind the last if that is missing. */
    private Reply read(Message answer, Name name, int type, int aliases) throws IOException {
        var at = name;
        var keep = LONGEST_KEPT;
        boolean secure = servers.isSecure(answer);
        for (int left = aliases; left > 0; left--) {
            var records = records(answer, at, type);
            if (!records.isEmpty()) {
                return new Reply(records, at, true, secure, shortest(keep, records));
            }
            var alias = records(answer, at, Type.CNAME);
            if (alias.isEmpty()) {
                return at.equals(name) || answer.getRcode() == Rcode.NXDOMAIN
                        ? nothing(answer, at, secure)
                        : reply(at, type, left).behind(secure, keep);
            }
            keep = shortest(keep, alias);
            at = ((CNAMERecord) alias.getFirst()).getTarget();
        }
        throw new NoReplyException("aliases without end");
    }

    private static List<Record> records(Message answer, Name name, int type) {
        var records = new ArrayList<Record>();
        for (var record : answer.getSection(Section.ANSWER)) {
            if (record.getType() == type && record.getName().equals(name)) {
                records.add(record);
            }
        }
        return records;
    }

    private static Duration shortest(Duration keep, List<Record> records) {
        return records.stream()
                .map(record -> Duration.ofSeconds(record.getTTL()))
                .reduce(keep, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }

    private static Reply nothing(Message answer, Name name, boolean secure) {
        // RFC 2308 §5: as long as the zone says; where it does not say, not at all.
        var keep = answer.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(soa -> Duration.ofSeconds(Math.min(soa.getTTL(), ((SOARecord) soa).getMinimum())))
                .findFirst()
                .orElse(Duration.ZERO);
        return new Reply(
                List.of(),
                name,
                answer.getRcode() != Rcode.NXDOMAIN,
                secure,
                keep.compareTo(LONGEST_NOTHING_KEPT) < 0 ? keep : LONGEST_NOTHING_KEPT);
    }

    private static String text(Name name) {
        return name.equals(Name.root) ? "" : name.toString(true).toLowerCase(Locale.ROOT);
    }

    /** Ends the library's thread, which would outlive the application. */
    @Override
    public void close() {
        NioClient.close();
    }
}
