package org.mailroom.message;

import java.nio.charset.StandardCharsets;

/** Quoted-printable for text (RFC 2045 §6.7): line ends stay line ends. */
final class QuotedPrintable implements Coding {
    private static final int LONGEST = 75;
    private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    private int column;
    private boolean carriage;

    /** A blank or tab that may turn out to be a line's last, or 0. */
    private byte blank;

    @Override
    public void put(byte[] piece, boolean last, Octets to) {
        for (byte octet : piece) {
            put(octet, to);
        }
        if (last) {
            blank(true, to);
            if (carriage) {
                quoted((byte) '\r', to);
            }
        }
    }

    private void put(byte octet, Octets to) {
        if (carriage) {
            carriage = false;
            if (octet == '\n') {
                blank(true, to);
                to.line("");
                column = 0;
                return;
            }
            blank(false, to);
            quoted((byte) '\r', to);
        }
        if (octet == '\r') {
            carriage = true;
            return;
        }
        blank(false, to);
        if (octet == ' ' || octet == '\t') {
            blank = octet;
        } else if (octet > ' ' && octet < 0x7f && octet != '=') {
            literal(octet, to);
        } else {
            quoted(octet, to);
        }
    }

    /** Rule 3: one at the end of a line is quoted, for it would be lost. */
    private void blank(boolean atEnd, Octets to) {
        if (blank != 0) {
            byte waiting = blank;
            blank = 0;
            if (atEnd) {
                quoted(waiting, to);
            } else {
                literal(waiting, to);
            }
        }
    }

    private void literal(byte octet, Octets to) {
        room(1, to);
        to.write(octet);
    }

    private void quoted(byte octet, Octets to) {
        room(3, to);
        to.write('=');
        to.write(DIGITS[octet >> 4 & 0xF]);
        to.write(DIGITS[octet & 0xF]);
    }

    private void room(int wanted, Octets to) {
        if (column + wanted > LONGEST) {
            to.line("=");
            column = 0;
        }
        column += wanted;
    }
}
