package org.mailroom.connector.imap.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.mailroom.connector.net.Spool;

/** The one octet that a literal cannot hold, only a literal8 (RFC 9051 §9: CHAR8). */
final class Nul {
    private Nul() {}

    static boolean isIn(Spool octets) {
        try (var in = octets.open()) {
            var buffer = new byte[8192];
            for (int read; (read = in.read(buffer)) >= 0; ) {
                if (isIn(buffer, read)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isIn(byte[] octets) {
        return isIn(octets, octets.length);
    }

    private static boolean isIn(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            if (octets[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
