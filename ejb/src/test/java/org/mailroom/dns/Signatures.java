package org.mailroom.dns;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DNSKEYRecord;
import org.xbill.DNS.DNSSEC;
import org.xbill.DNS.NSECRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.RRset;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The key of a root of our own, to which everything belongs that is not said to be a zone without signatures. */
final class Signatures {
    private static final int TTL = 60;

    private final KeyPair pair;
    final DNSKEYRecord key;

    Signatures() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            pair = generator.generateKeyPair();
            int flags = DNSKEYRecord.Flags.ZONE_KEY | DNSKEYRecord.Flags.SEP_KEY;
            key = new DNSKEYRecord(
                    Name.root, DClass.IN, TTL, flags, 3, DNSSEC.Algorithm.ECDSAP256SHA256, pair.getPublic());
        } catch (GeneralSecurityException | DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The records with a signature after those of each name and type. */
    List<Record> signed(List<Record> records, boolean good) {
        var sets = new LinkedHashMap<String, RRset>();
        for (var record : records) {
            sets.computeIfAbsent(record.getName() + " " + record.getType(), first -> new RRset())
                    .addRR(record);
        }
        var all = new ArrayList<Record>();
        for (var set : sets.values()) {
            all.addAll(set.rrs());
            all.add(good ? signature(set) : broken(signature(set)));
        }
        return all;
    }

    private RRSIGRecord signature(RRset set) {
        try {
            var now = Instant.now();
            return DNSSEC.sign(
                    set, key, pair.getPrivate(), now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
        } catch (DNSSEC.DNSSECException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RRSIGRecord broken(RRSIGRecord good) {
        var octets = good.getSignature().clone();
        octets[5] ^= 1;
        return new RRSIGRecord(
                good.getName(),
                DClass.IN,
                TTL,
                good.getTypeCovered(),
                good.getAlgorithm(),
                good.getOrigTTL(),
                good.getExpire(),
                good.getTimeSigned(),
                good.getFootprint(),
                good.getSigner(),
                octets);
    }

    /** That the name has these types and no others (RFC 4470: made for the question). */
    NSECRecord only(Name name, List<Record> records, boolean delegation) {
        var types = new ArrayList<>(records.stream().map(Record::getType).toList());
        types.addAll(List.of(Type.RRSIG, Type.NSEC));
        if (delegation) {
            types.add(Type.NS);
        }
        int[] sorted = types.stream()
                .distinct()
                .sorted(Comparator.naturalOrder())
                .mapToInt(Integer::intValue)
                .toArray();
        return new NSECRecord(
                name, DClass.IN, TTL, after(name), IntStream.of(sorted).toArray());
    }

    private static Name after(Name name) {
        try {
            return Name.fromString("\\000", name);
        } catch (org.xbill.DNS.TextParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
