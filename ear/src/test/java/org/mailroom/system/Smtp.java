package org.mailroom.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Delivers octets without touching them. */
final class Smtp {
    private Smtp() {}

    static void deliver(int port, String to, String message) throws IOException {
        deliver(port, to, message.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** @param message with CRLF line ends */
    static void deliver(int port, String to, byte[] message) throws IOException {
        try (var telnet = new Telnet(port)) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("EHLO there.test"));
            send(telnet, to, message);
            telnet.expect("221 ", telnet.smtp("QUIT"));
        }
    }

    /** One transaction in an open session. */
    static void send(Telnet telnet, String to, byte[] message) throws IOException {
        telnet.expect("250 ", telnet.smtp("MAIL FROM:<stranger@there.test> BODY=8BITMIME"));
        telnet.expect("250 ", telnet.smtp("RCPT TO:<" + to + ">"));
        telnet.expect("354 ", telnet.smtp("DATA"));
        telnet.raw(stuffed(message));
        telnet.raw(".\r\n");
        telnet.expect("250 ", telnet.reply());
    }

    /** RFC 5321 §4.5.2. */
    private static byte[] stuffed(byte[] message) {
        var stuffed = new ByteArrayOutputStream(message.length + 64);
        boolean lineStart = true;
        for (byte octet : message) {
            if (lineStart && octet == '.') {
                stuffed.write('.');
            }
            stuffed.write(octet);
            lineStart = octet == '\n';
        }
        if (!lineStart) {
            stuffed.writeBytes(new byte[] {'\r', '\n'});
        }
        return stuffed.toByteArray();
    }
}
