package org.mailroom.authenticity;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import org.mailroom.contract.MessageSource;

/** SHA-256 of a body in canonical form (RFC 6376 §3.4.3 and §3.4.4), as it streams by. */
final class BodyHash {
    private static final int BUFFER = 16 * 1024;

    private final boolean relaxed;
    private final MessageDigest digest;
    private final byte[] out = new byte[BUFFER];
    private int used;
    private long octets;

    /** Line ends that count only if something comes after them. */
    private long lineEnds;

    private boolean space;
    private boolean carriageReturn;
    private boolean content;
    private byte[] result = {};

    BodyHash(boolean relaxed) {
        this.relaxed = relaxed;
        this.digest = sha256();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the body once for all of them. */
    static void read(MessageSource source, Header header, Collection<BodyHash> hashes) throws IOException {
        var buffer = new byte[BUFFER];
        try (var in = source.open()) {
            in.skipNBytes(header.length());
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (var hash : hashes) {
                    hash.update(buffer, read);
                }
            }
        }
        hashes.forEach(BodyHash::finish);
    }

    private void update(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            byte c = buffer[i];
            if (carriageReturn) {
                carriageReturn = false;
                if (c == '\n') {
                    lineEnds++;
                    space = false;
                    continue;
                }
                put((byte) '\r');
            }
            if (c == '\r') {
                carriageReturn = true;
            } else if (relaxed && (c == ' ' || c == '\t')) {
                space = true;
            } else {
                put(c);
            }
        }
    }

    private void put(byte c) {
        for (; lineEnds > 0; lineEnds--) {
            write((byte) '\r');
            write((byte) '\n');
        }
        if (space) {
            write((byte) ' ');
            space = false;
        }
        content = true;
        write(c);
    }

    private void write(byte c) {
        if (used == out.length) {
            digest.update(out, 0, used);
            used = 0;
        }
        out[used++] = c;
        octets++;
    }

    private void finish() {
        if (carriageReturn) {
            put((byte) '\r');
        }
        if (content || !relaxed) {
            write((byte) '\r');
            write((byte) '\n');
        }
        digest.update(out, 0, used);
        result = digest.digest();
    }

    byte[] result() {
        return result.clone();
    }

    /** How long the canonical body is. */
    long octets() {
        return octets;
    }
}
