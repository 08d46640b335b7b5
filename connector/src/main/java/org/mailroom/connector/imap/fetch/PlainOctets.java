package org.mailroom.connector.imap.fetch;

/**
 * Octets as a literal that is no literal8 can hold them (RFC 9051 §9: CHAR8). Whoever sends a NUL by SMTP has it delivered (RFC
 * 5321 §4.5.2, RFC 5322 §4), and it is kept, since it may be signed; here 0x80 stands for it, so that no length and no offset is
 * another.
 */
final class PlainOctets {
    private static final byte INSTEAD = (byte) 0x80;

    private PlainOctets() {}

    /** The same array where none of these octets is NUL, otherwise one with all of them at the same place. */
    static byte[] of(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] == 0) {
                return replaced(octets, i, to);
            }
        }
        return octets;
    }

    private static byte[] replaced(byte[] octets, int first, int to) {
        var plain = octets.clone();
        for (int i = first; i < to; i++) {
            plain[i] = plain[i] == 0 ? INSTEAD : plain[i];
        }
        return plain;
    }
}
