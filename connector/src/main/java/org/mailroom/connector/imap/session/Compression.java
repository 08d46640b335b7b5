package org.mailroom.connector.imap.session;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.net.Connection;
import org.mailroom.connector.net.Farewell;
import org.mailroom.connector.net.Framer;
import org.mailroom.connector.net.Input;
import org.mailroom.connector.net.Window;
import org.mailroom.contract.Protocol;

/**
 * The client's connection with COMPRESS (RFC 4978): what is written is deflated once the client asked for it, and what is read
 * is inflated a small piece at a time, as the commands before it are done with. So no octets of a client become more than a
 * piece of memory, however well they were packed.
 */
public final class Compression implements Connection {
    private static final int PIECE = 8 * 1024;

    private final Connection plain;
    private @Nullable Deflater deflater;
    private @Nullable Inflater inflater;

    /** Whether octets may lie in the packer. */
    private boolean waits;

    Compression(Connection plain) {
        this.plain = plain;
    }

    boolean isActive() {
        return deflater != null;
    }

    /** From now on, in both directions; the reply has left in the clear. */
    void begin(Framer inner) {
        plain.flush();
        // RFC 4978 §3: raw deflate, without the header of zlib.
        deflater = new Deflater(Deflater.BEST_SPEED, true);
        inflater = new Inflater(true);
        plain.framer(new Inflating(inner, inflater));
    }

    /** Ends both directions; what was written still leaves, and then the end of the stream. */
    void finish(Framer inner) {
        if (deflater != null) {
            deflater.finish();
            drain(deflater, Deflater.NO_FLUSH);
            end();
            plain.framer(inner);
        }
    }

    /** Gives back what is not on the heap. */
    void end() {
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (deflater == null) {
            plain.write(octets, offset, length);
            return;
        }
        deflater.setInput(octets, offset, length);
        drain(deflater, Deflater.NO_FLUSH);
        waits = true;
    }

    /** Only where something waits: a client that is about to begin must not find an empty block behind our OK. */
    private void sync() {
        if (deflater != null && waits) {
            drain(deflater, Deflater.SYNC_FLUSH);
            waits = false;
        }
    }

    private void drain(Deflater packer, int flush) {
        var piece = new byte[PIECE];
        for (int packed; (packed = packer.deflate(piece, 0, piece.length, flush)) > 0; ) {
            plain.write(piece, 0, packed);
        }
    }

    @Override
    public void said(String text) {
        plain.said(text);
    }

    @Override
    public void flush() {
        sync();
        plain.flush();
    }

    @Override
    public void awaitWritable() {
        sync();
        plain.awaitWritable();
    }

    @Override
    public void close() {
        sync();
        plain.close();
    }

    @Override
    public void framer(Framer framer) {
        plain.framer(framer);
    }

    @Override
    public String id() {
        return plain.id();
    }

    @Override
    public Protocol protocol() {
        return plain.protocol();
    }

    @Override
    public InetSocketAddress client() {
        return plain.client();
    }

    @Override
    public boolean trusted() {
        return plain.trusted();
    }

    @Override
    public boolean exempt() {
        return plain.exempt();
    }

    @Override
    public @Nullable String tls() {
        return plain.tls();
    }

    @Override
    public @Nullable SSLSession tlsSession() {
        return plain.tlsSession();
    }

    @Override
    public boolean canStartTls() {
        return plain.canStartTls();
    }

    @Override
    public boolean passwordAllowed() {
        return plain.passwordAllowed();
    }

    @Override
    public void silence(Duration longest) {
        plain.silence(longest);
    }

    @Override
    public void deadline(@Nullable Duration within) {
        plain.deadline(within);
    }

    @Override
    public void run(Runnable task) {
        plain.run(task);
    }

    @Override
    public void startTls(String reply) {
        plain.startTls(reply);
    }

    @Override
    public void end(Farewell why) {
        plain.end(why);
    }

    @Override
    public void login(String address) {
        plain.login(address);
    }

    @Override
    public void doing(String command) {
        plain.doing(command);
    }

    /** Cuts inputs out of what was packed. */
    private final class Inflating implements Framer {
        private final Framer inner;
        private final Inflater source;
        private final Window unpacked = new Window();

        Inflating(Framer inner, Inflater source) {
            this.inner = inner;
            this.source = source;
        }

        @Override
        public @Nullable Input next(Window window, Connection connection) throws IOException {
            while (true) {
                var input = unpacked.isEmpty() ? null : inner.next(unpacked, Compression.this);
                if (input != null) {
                    return input;
                }
                if (source.needsInput()) {
                    if (window.isEmpty()) {
                        return null;
                    }
                    source.setInput(window.takeCopy(Math.min(window.length(), PIECE)));
                }
                inflate();
            }
        }

        private void inflate() throws IOException {
            var piece = new byte[PIECE];
            try {
                int octets = source.inflate(piece);
                if (octets == 0 && !source.needsInput()) {
                    throw new IOException("the client ended its compressed stream");
                }
                unpacked.add(Arrays.copyOf(piece, octets));
            } catch (DataFormatException e) {
                throw new IOException("what the client sent is not compressed", e);
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
