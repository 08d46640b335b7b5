package org.mailroom.dns;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.DSRecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A name server on loopback that knows what a test told it, and signs it if asked to. */
public final class FakeDns implements AutoCloseable {
    /** What a packet may have: more than that comes by TCP. */
    private static final int LARGEST_PACKET = 1232;

    private final DatagramSocket socket;
    private final ServerSocket streams;
    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> unsigned = ConcurrentHashMap.newKeySet();
    private final Set<String> tampered = ConcurrentHashMap.newKeySet();
    private final Set<String> vouched = ConcurrentHashMap.newKeySet();
    private final AtomicInteger questions = new AtomicInteger();
    private volatile @Nullable Signatures signatures;

    public FakeDns() {
        try {
            streams = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            socket = new DatagramSocket(streams.getLocalPort(), InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
        Thread.ofVirtual().start(this::serveStreams);
    }

    /** As mail.dns.servers has it. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** A line of a zone, such as {@code there.test MX 10 mx.there.test.}. */
    public FakeDns with(String line) {
        var words = line.split(" ", 3);
        try {
            var name = Name.fromString(words[0], Name.root);
            var record = Record.fromString(name, Type.value(words[1]), DClass.IN, 60, words[2], Name.root);
            records.merge(key(name), List.of(record), FakeDns::joined);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Record> joined(List<Record> some, List<Record> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    /** From now on every answer is signed; {@link #anchor} is the key to believe. */
    public FakeDns signed() {
        signatures = new Signatures();
        return this;
    }

    /** The root's key, as a file of trust anchors has it. */
    public String anchor() {
        return new DSRecord(Name.root, DClass.IN, 60, DSRecord.SHA256_DIGEST_ID, Objects.requireNonNull(signatures).key)
                .toString();
    }

    /** What is at and below the name belongs to a zone without signatures. */
    public FakeDns unsigned(String zone) throws TextParseException {
        unsigned.add(key(Name.fromString(zone, Name.root)));
        return this;
    }

    /** What is at the name is wrongly signed. */
    public FakeDns tampered(String name) throws TextParseException {
        tampered.add(key(Name.fromString(name, Name.root)));
        return this;
    }

    /** The answer for the name says that its signature was seen to be good (the AD bit). */
    public FakeDns vouched(String name) throws TextParseException {
        vouched.add(key(Name.fromString(name, Name.root)));
        return this;
    }

    /** One that asks this server and checks what it signs. */
    public Dns validating() {
        var anchors = new ByteArrayInputStream(anchor().getBytes(StandardCharsets.US_ASCII));
        return new Dns(List.of(address()), Duration.ofSeconds(2), Dnssec.VALIDATE, anchors);
    }

    /** How many it was asked. */
    public int questions() {
        return questions.get();
    }

    /** Forgets the name. */
    public FakeDns without(String name) throws TextParseException {
        records.remove(key(Name.fromString(name, Name.root)));
        return this;
    }

    public FakeDns failing(String name) throws TextParseException {
        failures.put(key(Name.fromString(name, Name.root)), Rcode.SERVFAIL);
        return this;
    }

    public FakeDns silent(String name) throws TextParseException {
        silent.add(key(Name.fromString(name, Name.root)));
        return this;
    }

    private static String key(Name name) {
        return name.toString().toLowerCase(java.util.Locale.ROOT);
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[4096], 4096);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (!silent.contains(key(query.getQuestion().getName()))) {
                    var answer = answer(query).toWire(LARGEST_PACKET);
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or a question that makes no sense.
            }
        }
    }

    private void serveStreams() {
        while (!streams.isClosed()) {
            try (var stream = streams.accept()) {
                var in = new DataInputStream(stream.getInputStream());
                var query = new Message(in.readNBytes(in.readUnsignedShort()));
                var answer = answer(query).toWire();
                var out = new DataOutputStream(stream.getOutputStream());
                out.writeShort(answer.length);
                out.write(answer);
            } catch (IOException e) {
                // Closed, or a question that makes no sense.
            }
        }
    }

    private Message answer(Message query) {
        questions.incrementAndGet();
        var question = query.getQuestion();
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        var name = key(question.getName());
        var known = records.get(name);
        if (vouched.contains(name)) {
            answer.getHeader().setFlag(Flags.AD);
        }
        if (failures.containsKey(name)) {
            answer.getHeader().setRcode(failures.get(name));
        } else if (signatures != null && !inUnsignedZone(question)) {
            sign(answer, question, known == null ? List.of() : known, signatures);
        } else if (known == null) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else {
            matching(known, question).forEach(record -> answer.addRecord(record, Section.ANSWER));
        }
        return answer;
    }

    /** Those of the type, and aliases with what is behind them. */
    private List<Record> matching(List<Record> known, Record question) {
        var found = new ArrayList<Record>();
        var at = known;
        for (int aliases = 0; at != null && aliases < 10; aliases++) {
            var some = at.stream()
                    .filter(record -> record.getType() == question.getType() || record.getType() == Type.CNAME)
                    .toList();
            found.addAll(some);
            at = some.isEmpty() || !(some.getFirst() instanceof CNAMERecord alias)
                    ? null
                    : records.get(key(alias.getTarget()));
        }
        return found;
    }

    /** The question for the keys of such a zone is one to its parent. */
    private boolean inUnsignedZone(Record question) {
        return unsigned.stream()
                .anyMatch(zone -> question.getType() == Type.DS
                        ? key(question.getName()).endsWith("." + zone)
                        : ("." + key(question.getName())).endsWith("." + zone));
    }

    private void sign(Message answer, Record question, List<Record> known, Signatures by) {
        var name = question.getName();
        boolean root = name.equals(Name.root) && question.getType() == Type.DNSKEY;
        var found = root ? List.<Record>of(by.key) : matching(known, question);
        boolean good = !tampered.contains(key(name));
        if (found.isEmpty()) {
            var nothing = by.only(name, known, unsigned.contains(key(name)));
            by.signed(List.of(nothing), good).forEach(record -> answer.addRecord(record, Section.AUTHORITY));
        } else {
            var signed =
                    found.stream().filter(record -> !inUnsignedZone(record)).toList();
            by.signed(signed, good).forEach(record -> answer.addRecord(record, Section.ANSWER));
            found.stream().filter(this::inUnsignedZone).forEach(record -> answer.addRecord(record, Section.ANSWER));
        }
    }

    @Override
    public void close() {
        socket.close();
        try {
            streams.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
