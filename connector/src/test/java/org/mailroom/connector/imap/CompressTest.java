package org.mailroom.connector.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailroom.contract.wire.WireSettings.PlaintextLogin;

/** COMPRESS DEFLATE (RFC 4978), as a client sees it. */
class CompressTest {
    @TempDir
    static Path folder;

    private static final class Client implements AutoCloseable {
        final Socket socket = new Socket();
        InputStream in;
        OutputStream out;

        Client(ImapFixture fixture) throws IOException {
            socket.connect(fixture.address());
            socket.setSoTimeout(10_000);
            in = socket.getInputStream();
            out = socket.getOutputStream();
            assertThat(line()).startsWith("* OK");
        }

        void compress() {
            in = new InflaterInputStream(in, new Inflater(true), 1);
            out = new DeflaterOutputStream(out, new Deflater(9, true), true);
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }

        String line() throws IOException {
            var line = new StringBuilder();
            for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
                line.append((char) c);
            }
            return line.toString().stripTrailing();
        }

        String answer(String command) throws IOException {
            send(command + "\r\n");
            var tag = command.substring(0, command.indexOf(' ') + 1);
            var line = line();
            while (line != null && !line.startsWith(tag)) {
                line = line();
            }
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Clients take what stands right behind the OK for more lines. */
    private static void assertNothingComes(Client client) throws IOException {
        client.socket.setSoTimeout(200);
        assertThatThrownBy(client.in::read).isInstanceOf(SocketTimeoutException.class);
        client.socket.setSoTimeout(10_000);
    }

    private static ImapFixture fixture() {
        return fixture(Duration.ofMinutes(1));
    }

    private static ImapFixture fixture(Duration patience) {
        return new ImapFixture(folder, PlaintextLogin.LOOPBACK, patience);
    }

    @Test
    void both_directions_are_packed_once_the_client_asks() throws Exception {
        try (var fixture = fixture();
                var client = new Client(fixture)) {
            fixture.store.deliver(fixture.alice, ImapFixture.MESSAGE);
            assertThat(client.answer("a0 COMPRESS DEFLATE")).startsWith("a0 BAD");
            client.answer("a1 LOGIN alice@here.example secret");
            assertThat(client.answer("a2 COMPRESS DEFLATE")).startsWith("a2 OK");
            assertNothingComes(client);
            client.compress();
            assertThat(client.answer("a3 SELECT INBOX")).startsWith("a3 OK");
            assertThat(client.answer("a4 APPEND INBOX {4+}\r\na: b")).startsWith("a4 OK");
            assertThat(client.answer("a5 COMPRESS DEFLATE")).startsWith("a5 NO [COMPRESSIONACTIVE]");
            client.send("a6 IDLE\r\n");
            assertThat(client.line()).startsWith("+");
            fixture.store.deliver(fixture.alice, ImapFixture.MESSAGE);
            assertThat(client.line()).isEqualTo("* 3 EXISTS");
            client.send("DONE\r\n");
            assertThat(client.answer("a7 NOOP")).startsWith("a7 OK");
            assertThat(client.answer("a8 LOGOUT")).startsWith("a8 OK");
        }
    }

    /** RFC 8437 §2 */
    @Test
    void who_logs_out_of_the_account_speaks_plainly_again() throws Exception {
        try (var fixture = fixture();
                var client = new Client(fixture)) {
            client.answer("a1 LOGIN alice@here.example secret");
            client.answer("a2 COMPRESS DEFLATE");
            var plainIn = client.in;
            var plainOut = client.out;
            client.compress();
            assertThat(client.answer("a3 UNAUTHENTICATE")).startsWith("a3 OK");
            assertThat(client.in.read()).isEqualTo(-1);
            client.in = plainIn;
            client.out = plainOut;
            assertThat(client.answer("a4 NOOP")).startsWith("a4 OK");
            assertThat(client.answer("a5 LOGIN alice@here.example secret")).startsWith("a5 OK");
            assertThat(client.answer("a6 COMPRESS DEFLATE")).startsWith("a6 OK");
        }
    }

    @Test
    void the_last_words_are_packed_too() throws Exception {
        try (var fixture = fixture(Duration.ofSeconds(2));
                var client = new Client(fixture)) {
            client.answer("a1 LOGIN alice@here.example secret");
            client.answer("a2 COMPRESS DEFLATE");
            client.compress();
            assertThat(client.answer("a3 NOOP")).startsWith("a3 OK");
            assertThat(client.line()).startsWith("* BYE Autologout");
        }
    }

    @Test
    void what_is_not_packed_ends_the_connection() throws Exception {
        try (var fixture = fixture();
                var client = new Client(fixture)) {
            client.answer("a1 LOGIN alice@here.example secret");
            client.answer("a2 COMPRESS DEFLATE");
            client.send("a3 NOOP this is no compressed text\r\n".repeat(50));
            assertThat(client.in.readAllBytes()).isNotNull();
        }
    }

    @Test
    void a_line_without_end_is_refused_however_small_it_was_packed() throws Exception {
        try (var fixture = fixture();
                var client = new Client(fixture)) {
            client.answer("a1 LOGIN alice@here.example secret");
            client.answer("a2 COMPRESS DEFLATE");
            client.compress();
            var out = client.out;
            var zeros = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            client.send("a3 NOOP ");
            for (int i = 0; i < 20; i++) {
                out.write(zeros);
            }
            client.send("\r\n");
            assertThat(client.line()).startsWith("a3 BAD [TOOBIG]");
            assertThat(client.answer("a4 NOOP")).startsWith("a4 OK");
        }
    }
}
