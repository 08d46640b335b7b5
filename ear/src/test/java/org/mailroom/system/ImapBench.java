package org.mailroom.system;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A large mailbox over the wire, ours and that of a Dovecot on the same machine, in turns.
 * The name keeps it out of the tests: {@code mvn verify -Dit.test=ImapBench …}. Needs Debian's dovecot-imapd, -pop3d and -lmtpd.
 */
class ImapBench {
    private static final int MESSAGES = Integer.getInteger("bench.messages", 100_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int DIFFERENT = Math.min(1000, MESSAGES);
    private static final int SINGLE = 100;
    private static final int BULK = Math.min(10_000, MESSAGES);
    private static final int DELIVERIES = 30;
    private static final int WARM = Integer.getInteger("bench.warm", 10_000);

    private final Mailroom server = Mailroom.server();
    private final Random random = new Random(1);

    /** In ms, by what was measured and by whom. */
    private final Map<String, Map<String, List<Double>>> spent = new LinkedHashMap<>();

    /**
     * @param smtp where mail for the address is taken
     * @param hello how the client names itself there
     */
    private record Peer(String name, int imap, int smtp, String hello, String user, String password, String address) {}

    @Test
    void measure() throws Exception {
        var address = server.account("large-mailbox");
        // Of its formats the fastest at this size: a maildir has a file a message.
        try (var dovecot = new Dovecot("mdbox")) {
            var ours = new Peer(
                    "Mailroom",
                    server.port("imap"),
                    server.port("smtp"),
                    "EHLO me.test",
                    address,
                    Mailroom.password(address),
                    address);
            var theirs = new Peer(
                    "Dovecot",
                    dovecot.imap(),
                    dovecot.lmtp(),
                    "LHLO me.test",
                    Dovecot.USER,
                    Dovecot.PASSWORD,
                    Dovecot.USER + "@here.test");
            for (var peer : List.of(ours, theirs)) {
                fill(peer);
                warm(peer);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (var peer : round % 2 == 0 ? List.of(ours, theirs) : List.of(theirs, ours)) {
                    round(peer);
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                unread(ours);
                unread(theirs);
            }
            server.run("stop");
            server.start();
            for (var peer : List.of(ours, theirs)) {
                afterStart(peer);
            }
        }
        print();
    }

    private static String message(int number) {
        return "Date: Fri, 20 Nov 2026 12:00:00 +0000\r\nFrom: Ann <ann@there.example>\r\nTo: Bob <bob@here.example>\r\n"
                + "Subject: number " + number + "\r\nMessage-ID: <" + number + "@there.example>\r\n\r\n"
                + ("Line of message " + number + " as long as most of them are in letters.\r\n").repeat(70);
    }

    /** Different messages of 4 kB, copied until there are enough. */
    private static void fill(Peer peer) throws Exception {
        try (var imap = new Client(peer)) {
            imap.command("CREATE large");
            imap.command("CREATE other");
            imap.command("CREATE gone");
            for (int i = 0; i < DIFFERENT; i++) {
                var text = message(i);
                imap.command("APPEND large {" + text.length() + "+}\r\n" + text);
            }
            imap.command("SELECT large");
            for (int there = DIFFERENT; there < MESSAGES; ) {
                int more = Math.min(there, MESSAGES - there);
                imap.command("COPY 1:" + more + " large");
                there += more;
            }
            imap.command("NOOP");
        }
    }

    /** Code is compiled when it has run for a while. */
    private void warm(Peer peer) throws Exception {
        try (var imap = new Client(peer)) {
            imap.command("SELECT large");
            for (int i = 0; i < WARM; i++) {
                int one = 1 + random.nextInt(MESSAGES);
                imap.command("STORE " + one + " +FLAGS (\\Answered)");
                imap.command("FETCH " + one + " (BODY.PEEK[])");
            }
        }
    }

    private void round(Peer peer) throws Exception {
        try (var imap = new Client(peer)) {
            spent("SELECT", peer, imap.command("SELECT large"));
            spent("SELECT again", peer, imap.command("SELECT large"));
            spent("FETCH 1:* FLAGS", peer, imap.command("FETCH 1:" + MESSAGES + " (UID FLAGS)"));
            spent("FETCH 1:* ENVELOPE", peer, imap.command("FETCH 1:" + MESSAGES + " (UID ENVELOPE)"));
            spent("SEARCH TEXT without a hit", peer, imap.command("UID SEARCH TEXT nosuchneedle"));
            for (int i = 0; i < SINGLE; i++) {
                int one = 1 + random.nextInt(MESSAGES);
                spent("STORE of one flag", peer, imap.command("STORE " + one + " +FLAGS (\\Flagged)"));
                spent("FETCH of one message", peer, imap.command("FETCH " + one + " (BODY.PEEK[])"));
            }
            bulk(peer, imap);
        }
        tellIdle(peer);
    }

    /** Each with as many messages, which come to another mailbox and leave it again. */
    private void bulk(Peer peer, Client imap) throws Exception {
        var many = BULK + " messages: ";
        spent(many + "COPY", peer, imap.command("COPY 1:" + BULK + " other"));
        imap.command("SELECT other");
        spent(many + "STORE", peer, imap.command("STORE 1:" + BULK + " +FLAGS.SILENT (\\Seen)"));
        spent(many + "MOVE", peer, imap.command("MOVE 1:" + BULK + " gone"));
        imap.command("SELECT gone");
        imap.command("STORE 1:* +FLAGS.SILENT (\\Deleted)");
        spent(many + "EXPUNGE", peer, imap.command("EXPUNGE"));
        imap.command("SELECT large");
    }

    /** From the 250 to EXISTS, over a connection in IDLE (RFC 2177). */
    private void tellIdle(Peer peer) throws Exception {
        try (var idle = new Client(peer);
                var mail = new Telnet(peer.smtp)) {
            idle.command("SELECT INBOX");
            idle.say("i IDLE\r\n");
            idle.line("+ ");
            mail.reply();
            mail.smtp(peer.hello);
            for (int i = 0; i < DELIVERIES; i++) {
                mail.smtp("MAIL FROM:<ann@there.example>");
                mail.smtp("RCPT TO:<" + peer.address + ">");
                mail.smtp("DATA");
                mail.raw(message(i) + ".\r\n");
                mail.expect("250", mail.reply());
                long taken = System.nanoTime();
                long told = idle.line(" EXISTS");
                spent("250 to EXISTS of an IDLE client", peer, Math.max(0, told - taken) / 1e6);
            }
        }
    }

    /** Opens a mailbox of the same size that nobody has opened yet. */
    private void unread(Peer peer) throws Exception {
        try (var imap = new Client(peer)) {
            imap.command("CREATE unread");
            imap.command("SELECT large");
            spent("COPY of all", peer, imap.command("COPY 1:" + MESSAGES + " unread"));
            spent("first SELECT of one just filled", peer, imap.command("SELECT unread"));
            imap.command("SELECT large");
            imap.command("DELETE unread");
        }
    }

    private void afterStart(Peer peer) throws Exception {
        try (var imap = new Client(peer)) {
            spent("first SELECT of all after a start", peer, imap.command("SELECT other"));
            spent("first SELECT of it after a start", peer, imap.command("SELECT large"));
        }
    }

    private void spent(String what, Peer peer, double millis) {
        spent.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(peer.name, key -> new ArrayList<>())
                .add(millis);
    }

    private void print() {
        System.out.println(MESSAGES + " messages, median ms (lowest to highest), and ours to Dovecot's");
        spent.forEach((what, by) -> System.out.printf(
                "IMAP %-32s %s   %s   %6.2f%n",
                what,
                range(by.get("Mailroom")),
                range(by.get("Dovecot")),
                median(by.get("Mailroom")) / median(by.get("Dovecot"))));
    }

    private static double median(List<Double> millis) {
        var sorted = millis.stream().mapToDouble(one -> one).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String range(List<Double> millis) {
        return String.format(
                "%9.2f (%.2f to %.2f)",
                median(millis),
                millis.stream().mapToDouble(one -> one).min().orElseThrow(),
                millis.stream().mapToDouble(one -> one).max().orElseThrow());
    }

    /** Reads as fast as it comes, and looks at the ends of lines only. */
    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final byte[] buffer = new byte[256 * 1024];

        /** Of the line that is being read. */
        private final ByteArrayOutputStream unread = new ByteArrayOutputStream();

        Client(Peer peer) throws IOException {
            socket = new Socket("127.0.0.1", peer.imap);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(600_000);
            line("* OK");
            command("LOGIN " + peer.user + " " + peer.password);
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** How many ms until its tagged answer, which is OK, was there. */
        double command(String text) throws IOException {
            long began = System.nanoTime();
            say("a " + text + "\r\n");
            var tail = new byte[0];
            while (true) {
                int count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    throw new EOFException(text);
                }
                tail = tail(tail, count);
                var end = new String(tail, StandardCharsets.ISO_8859_1);
                int before = end.lastIndexOf("\r\n", end.length() - 3);
                int line = before < 0 ? 0 : before + 2;
                if (end.endsWith("\r\n") && end.startsWith("a ", line)) {
                    if (!end.startsWith("a OK", line)) {
                        throw new IOException(text.lines().findFirst().orElse("") + ": " + end.substring(line));
                    }
                    return (System.nanoTime() - began) / 1e6;
                }
            }
        }

        private byte[] tail(byte[] before, int count) {
            var all = Arrays.copyOf(before, before.length + Math.min(count, 1000));
            int kept = Math.min(count, 1000);
            System.arraycopy(buffer, count - kept, all, before.length, kept);
            return all.length <= 1000 ? all : Arrays.copyOfRange(all, all.length - 1000, all.length);
        }

        /** When a line that has this in it was there, in ns. */
        long line(String part) throws IOException {
            while (true) {
                int octet = socket.getInputStream().read();
                if (octet < 0) {
                    throw new EOFException(part);
                }
                unread.write(octet);
                if (octet == '\n') {
                    boolean found = unread.toString(StandardCharsets.ISO_8859_1).contains(part);
                    unread.reset();
                    if (found) {
                        return System.nanoTime();
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
