package org.mailroom.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** A name server on loopback that knows what a test told it. */
public final class FakeDns implements AutoCloseable {
    private final DatagramSocket socket;
    private final Map<String, List<Record>> records = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();

    public FakeDns() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
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
                var query = new Message(java.util.Arrays.copyOf(packet.getData(), packet.getLength()));
                if (!silent.contains(key(query.getQuestion().getName()))) {
                    var answer = answer(query).toWire();
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                // Closed, or a question that makes no sense.
            }
        }
    }

    private Message answer(Message query) {
        var question = query.getQuestion();
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        var name = key(question.getName());
        var known = records.get(name);
        if (failures.containsKey(name)) {
            answer.getHeader().setRcode(failures.get(name));
        } else if (known == null) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else {
            known.stream()
                    .filter(record -> record.getType() == question.getType() || record.getType() == Type.CNAME)
                    .forEach(record -> answer.addRecord(record, Section.ANSWER));
        }
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
