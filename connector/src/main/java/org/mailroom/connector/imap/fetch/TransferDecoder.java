package org.mailroom.connector.imap.fetch;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Undoes a content transfer encoding (RFC 2045 §6), octet by octet, so that a part of any size passes through. */
abstract sealed class TransferDecoder {
    /** Gathers what one piece decodes to. */
    final ByteArrayOutputStream out = new ByteArrayOutputStream(512);

    /** Empty where the encoding is none that we know (RFC 3516 §4.3: UNKNOWN-CTE). */
    static Optional<TransferDecoder> of(String encoding) {
        return switch (encoding) {
            case "base64" -> Optional.of(new Base64());
            case "quoted-printable" -> Optional.of(new QuotedPrintable());
            case "7bit", "8bit", "binary" -> Optional.of(new Identity());
            default -> Optional.empty();
        };
    }

    abstract void octet(int octet);

    /** What was held back in the hope of more. */
    void end() {}

    /** The octets that these decode to, with what was left over from those before. */
    final byte[] decode(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            octet(octets[i] & 0xFF);
        }
        return taken();
    }

    final byte[] rest() {
        end();
        return taken();
    }

    private byte[] taken() {
        var decoded = out.toByteArray();
        out.reset();
        return decoded;
    }

    private static final class Identity extends TransferDecoder {
        @Override
        void octet(int octet) {
            out.write(octet);
        }
    }

    private static final class Base64 extends TransferDecoder {
        private int bits;
        private int count;
        private boolean padded;

        @Override
        void octet(int octet) {
            int value = value(octet);
            padded |= octet == '=';
            // RFC 2045 §6.8: what is not of the alphabet is passed over.
            if (value < 0 || padded) {
                return;
            }
            bits = bits << 6 | value;
            count += 6;
            if (count >= 8) {
                count -= 8;
                out.write(bits >> count & 0xFF);
            }
        }

        private static int value(int octet) {
            if (octet >= 'A' && octet <= 'Z') {
                return octet - 'A';
            }
            if (octet >= 'a' && octet <= 'z') {
                return octet - 'a' + 26;
            }
            if (octet >= '0' && octet <= '9') {
                return octet - '0' + 52;
            }
            return octet == '+' ? 62 : octet == '/' ? 63 : -1;
        }
    }

    private static final class QuotedPrintable extends TransferDecoder {
        /** An equals sign and what came after it, or white space that may end the line. */
        private final StringBuilder held = new StringBuilder();

        @Override
        void octet(int octet) {
            held.append((char) octet);
            if (held.charAt(0) == '=') {
                escaped();
            } else if (octet == '\n' || octet == '\r') {
                // RFC 2045 §6.7 (3): white space at the end of a line was added on the way.
                held.setLength(0);
                out.write(octet);
            } else if (octet == '=') {
                held.setLength(held.length() - 1);
                end();
                held.append('=');
            } else if (octet != ' ' && octet != '\t') {
                end();
            }
        }

        private void escaped() {
            int length = held.length();
            if (length == 1 || (held.charAt(1) == '\r' || held.charAt(1) == ' ') && held.charAt(length - 1) != '\n') {
                if (length > 80) {
                    end();
                }
                return;
            }
            if (held.charAt(length - 1) == '\n') {
                held.setLength(0);
            } else if (length == 3) {
                int high = Character.digit(held.charAt(1), 16);
                int low = Character.digit(held.charAt(2), 16);
                if (high >= 0 && low >= 0) {
                    held.setLength(0);
                    out.write(high << 4 | low);
                } else {
                    end();
                }
            }
        }

        @Override
        void end() {
            for (int i = 0; i < held.length(); i++) {
                out.write(held.charAt(i));
            }
            held.setLength(0);
        }
    }
}
