package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.mailroom.connector.conversation.Peer;

/**
 * A client that believes what it is told, and complains where two things that it was told do not agree: it keeps the
 * messages by number, with UID and flags as far as it knows them (RFC 9051 §2.3.1.2, §7.5.1).
 */
final class ImapClient implements AutoCloseable {
    private static final Pattern FETCH = Pattern.compile("\\* (\\d+) FETCH \\((.*)\\)");
    private static final Pattern UID = Pattern.compile("UID (\\d+)");
    private static final Pattern FLAGS = Pattern.compile("FLAGS \\(([^)]*)\\)");

    /** What is known of one message; nulls are not known yet. */
    static final class Known {
        Long uid;
        String flags;
    }

    final List<Known> messages = new ArrayList<>();
    private final Peer peer;
    private int tags;

    ImapClient(InetSocketAddress server) throws IOException {
        peer = new Peer(server);
        assertThat(peer.line()).startsWith("* OK");
    }

    void login() throws IOException {
        assertThat(command("LOGIN alice@here.example secret")).contains(" OK ");
    }

    /** Says a command, believes the untagged responses, and returns the tagged one. */
    String command(String text) throws IOException {
        return command(text, line -> {});
    }

    String command(String text, Consumer<String> untagged) throws IOException {
        var tag = "t" + ++tags;
        peer.send(tag + " " + text + "\r\n");
        boolean mayExpunge = !text.matches("(FETCH|STORE|SEARCH) .*");
        while (true) {
            var line = peer.line();
            assertThat(line).as("the answer to " + text).isNotNull();
            if (line.startsWith(tag + " ")) {
                return line;
            }
            believe(line, mayExpunge);
            untagged.accept(line);
        }
    }

    private void believe(String line, boolean mayExpunge) {
        var words = line.split(" ");
        if (line.endsWith(" EXISTS")) {
            int count = Integer.parseInt(words[1]);
            assertThat(count).as(line).isGreaterThanOrEqualTo(messages.size());
            while (messages.size() < count) {
                messages.add(new Known());
            }
        } else if (line.endsWith(" EXPUNGE")) {
            assertThat(mayExpunge).as("EXPUNGE while numbers are in use").isTrue();
            messages.remove(Integer.parseInt(words[1]) - 1);
        } else if (FETCH.matcher(line).matches()) {
            var fetch = FETCH.matcher(line);
            assertThat(fetch.matches()).isTrue();
            fetched(messages.get(Integer.parseInt(fetch.group(1)) - 1), fetch.group(2), line);
        }
    }

    private static void fetched(Known message, String items, String line) {
        var uid = UID.matcher(items);
        if (uid.find()) {
            long told = Long.parseLong(uid.group(1));
            assertThat(message.uid == null || message.uid == told)
                    .as(line + " but it was " + message.uid)
                    .isTrue();
            message.uid = told;
        }
        var flags = FLAGS.matcher(items);
        if (flags.find()) {
            message.flags = flags.group(1).replace(" \\Recent", "").replace("\\Recent", "");
        }
    }

    void select(String mailbox) throws IOException {
        messages.clear();
        assertThat(command("SELECT " + mailbox)).contains(" OK ");
        learn();
    }

    /** Asks for all UIDs and flags. */
    void learn() throws IOException {
        assertThat(command("UID FETCH 1:* (UID FLAGS)")).contains(" OK ");
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
