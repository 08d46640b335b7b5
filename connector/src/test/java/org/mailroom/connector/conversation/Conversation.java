package org.mailroom.connector.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Plays a script against a server. A line of a script is one of
 *
 * <pre>
 * # a remark                    as is an empty line
 * C: text                       the client sends text and CRLF
 * C> text                       the client sends text alone; \r \n \t \b \0 \\ are escapes
 * C| text                       a line of a literal or of a message: as C:, and counted (below)
 * S: text                       the server says exactly this line, but for wildcards
 * S| text                       the same without wildcards, and counted
 * S~ text                       the server says this line sooner or later; lines before it are passed over
 * S.                            the server has closed the connection
 * ! deed arguments              what the test was taught by {@link #with}, or one of:
 * ! close, ! half-close, ! tls  the client's connection; to TLS whatever the certificate
 * ! send 9000 text              so many octets, lines of this text
 * </pre>
 *
 * {@code {...}} is anything; {@code {name}} is anything the first time, and the same ever after, in what the client says too;
 * digits in braces are digits in braces. {@code {#}} and {@code {#+}} are the number of octets of the {@code C|} or {@code S|}
 * lines that come next, CRLFs included. Several clients are told apart by a number: {@code C2: } and {@code S2: }, and
 * {@code !2 tls}; each connects when it is first named.
 */
public final class Conversation {
    private final InetSocketAddress server;
    private final Map<String, Deed> deeds = new HashMap<>();
    private final Map<String, Peer> peers = new LinkedHashMap<>();
    private final Map<String, String> known = new HashMap<>();

    /** What a test does in the middle of a conversation. */
    @FunctionalInterface
    public interface Deed {
        void run(String arguments) throws Exception;
    }

    private record Line(int number, char who, String session, char kind, String text) {}

    public Conversation(InetSocketAddress server) {
        this.server = server;
    }

    /** Teaches it a deed. */
    public Conversation with(String name, Deed deed) {
        deeds.put(name, deed);
        return this;
    }

    /** Lets the script know a value by name. */
    public Conversation knowing(String name, String value) {
        known.put(name, value);
        return this;
    }

    /** The scripts in a folder under {@code conversations}, by name without ending. */
    public static List<String> in(String folder) {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".txt"))
                    .map(f -> folder + "/" + f.substring(0, f.length() - ".txt".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path path(String name) {
        var url = Objects.requireNonNull(Conversation.class.getResource("/conversations/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** Plays a script of {@link #in}. */
    public void play(String name) throws Exception {
        play(name, lines(name));
    }

    /** The lines of a script of {@link #in}. */
    public static List<String> lines(String name) throws IOException {
        return Files.readAllLines(path(name + ".txt"));
    }

    /** Plays these lines. */
    public void play(String name, List<String> script) throws Exception {
        try {
            var lines = parse(name, script);
            for (int i = 0; i < lines.size(); i++) {
                try {
                    play(lines.get(i), counted(lines, i));
                } catch (AssertionError | Exception e) {
                    throw new AssertionError(
                            name + ".txt:" + lines.get(i).number + ": " + script.get(lines.get(i).number - 1) + "\n"
                                    + e.getMessage(),
                            e);
                }
            }
        } finally {
            for (var peer : peers.values()) {
                peer.close();
            }
        }
    }

    private static List<Line> parse(String name, List<String> script) {
        var lines = new ArrayList<Line>();
        var form = java.util.regex.Pattern.compile("([CS])(\\d*)([:>|~.])(?: (.*))?|(!)(\\d*) (.*)");
        for (int i = 0; i < script.size(); i++) {
            var text = script.get(i);
            if (text.isBlank() || text.startsWith("#")) {
                continue;
            }
            var match = form.matcher(text);
            if (!match.matches()) {
                throw new IllegalArgumentException(name + ".txt:" + (i + 1) + ": " + text);
            }
            lines.add(
                    match.group(1) == null
                            ? new Line(i + 1, '!', match.group(6), ' ', match.group(7))
                            : new Line(
                                    i + 1,
                                    match.group(1).charAt(0),
                                    match.group(2),
                                    match.group(3).charAt(0),
                                    Objects.requireNonNullElse(match.group(4), "")));
        }
        return lines;
    }

    /** Octets of the counted lines behind this one, of the same speaker. */
    private static String counted(List<Line> lines, int at) {
        var line = lines.get(at);
        int next = at + 1;
        while (next < lines.size() && !(lines.get(next).kind == '|' && lines.get(next).who == line.who)) {
            next++;
        }
        long octets = 0;
        for (; next < lines.size() && lines.get(next).kind == '|' && lines.get(next).who == line.who; next++) {
            octets += lines.get(next).text.getBytes(StandardCharsets.UTF_8).length + 2;
        }
        return Long.toString(octets);
    }

    private void play(Line line, String counted) throws Exception {
        var peer = line.who == '!' && deeds.containsKey(line.text.split(" ", 2)[0]) ? null : peer(line.session);
        var pattern = new Pattern(line.text.replace("{#}", "{" + counted + "}").replace("{#+}", "{" + counted + "+}"));
        switch (line.who) {
            case 'C' ->
                peer.send(
                        line.kind == '>'
                                ? pattern.filled(known).translateEscapes()
                                : (line.kind == '|' ? line.text : pattern.filled(known)) + "\r\n");
            case 'S' -> expect(peer, line, pattern);
            default -> act(peer, line.text);
        }
    }

    private void expect(Peer peer, Line line, Pattern pattern) throws IOException {
        if (line.kind == '.') {
            var more = peer.line();
            if (more != null) {
                throw new AssertionError("the server has not closed, but says: " + more);
            }
            return;
        }
        var passed = new ArrayList<String>();
        while (true) {
            var said = peer.line();
            if (said == null) {
                throw new AssertionError("the server closed the connection" + after(passed));
            }
            if (line.kind == '|' ? said.equals(line.text) : pattern.matches(said, known)) {
                return;
            }
            passed.add(said);
            if (line.kind != '~') {
                throw new AssertionError("the server says: " + said);
            }
        }
    }

    private static String after(List<String> passed) {
        return passed.isEmpty() ? "" : " after\n" + String.join("\n", passed);
    }

    private void act(Peer peer, String text) throws Exception {
        var words = text.split(" ", 2);
        var deed = deeds.get(words[0]);
        if (deed != null) {
            deed.run(words.length > 1 ? new Pattern(words[1]).filled(known) : "");
            return;
        }
        switch (words[0]) {
            case "close" -> peer.close();
            case "half-close" -> peer.closeOutput();
            case "tls" -> peer.startTls();
            case "send" -> {
                var many = words[1].split(" ", 2);
                peer.send((many[1] + "\r\n").repeat(Integer.parseInt(many[0])).substring(0, Integer.parseInt(many[0])));
            }
            default -> throw new IllegalArgumentException("no such deed: " + words[0]);
        }
    }

    private Peer peer(String session) throws IOException {
        var peer = peers.get(session);
        if (peer == null) {
            peer = new Peer(server);
            peers.put(session, peer);
        }
        return peer;
    }
}
