package org.mailroom.connector.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.mailroom.contract.relay.RelayException;

/**
 * Sends a message by BDAT (RFC 3030 §2). A few chunks are on their way before their replies are read. Stray CR and LF become
 * line ends, as with DATA.
 */
final class ChunkWriter implements BodyWriter {
    private static final int CHUNK = 64 * 1024;

    /** Chunks that may be without a reply; their replies are short and fit any socket's buffers. */
    private static final int WINDOW = 8;

    private final SmtpSession session;
    private final byte[] buffer = new byte[CHUNK];
    private int used;
    private byte last = '\n';
    private int unanswered;
    private boolean ending;

    ChunkWriter(SmtpSession session) {
        this.session = session;
    }

    @Override
    public void write(byte[] octets, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            if (used > CHUNK - 2) {
                send("");
            }
            put(octets[i]);
        }
    }

    private void put(byte octet) {
        if (last == '\r' && octet != '\n') {
            buffer[used++] = '\n';
        } else if (octet == '\n' && last != '\r') {
            buffer[used++] = '\r';
        }
        buffer[used++] = octet;
        last = octet;
    }

    @Override
    public void end() throws IOException {
        if (used > CHUNK - 2) {
            send("");
        }
        if (last != '\n') {
            if (last != '\r') {
                buffer[used++] = '\r';
            }
            buffer[used++] = '\n';
        }
        while (unanswered > 0) {
            heed();
        }
        ending = true;
        send(" LAST");
    }

    @Override
    public boolean isEnding() {
        return ending;
    }

    private void send(String last) throws IOException {
        while (unanswered >= WINDOW) {
            heed();
        }
        var command = ("BDAT " + used + last + "\r\n").getBytes(StandardCharsets.US_ASCII);
        var limit = session.timeouts().block();
        session.write(command, command.length, limit);
        session.write(buffer, used, limit);
        used = 0;
        unanswered++;
    }

    /** A chunk that is refused ends the message; the replies to those behind it say nothing more. */
    private void heed() throws IOException {
        var reply = session.reply(session.timeouts().dot());
        unanswered--;
        if (reply.isPositive()) {
            return;
        }
        while (unanswered > 0 && reply.code() != Reply.CLOSING) {
            session.reply(session.timeouts().dot());
            unanswered--;
        }
        throw new RelayException(reply.outcome());
    }
}
