package org.mailroom.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Submits many small messages over one connection, each with a subject of its own. */
final class Submission {
    private Submission() {}

    /** Messages {@code prefix-from … prefix-(to-1)}, each to {@code subject@domain}; all were acknowledged. */
    static void many(int port, String sender, String domain, String prefix, int count) throws IOException {
        try (var telnet = new Telnet(port)) {
            telnet.expect("220 ", telnet.reply());
            telnet.expect("250 ", telnet.smtp("EHLO there.test"));
            var plain = "\0" + sender + "\0" + Mailroom.password(sender);
            var login = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
            telnet.expect("235 ", telnet.smtp("AUTH PLAIN " + login));
            for (int i = 0; i < count; i++) {
                telnet.expect("250 ", telnet.smtp("MAIL FROM:<" + sender + ">"));
                telnet.expect("250 ", telnet.smtp("RCPT TO:<" + prefix + i + "@" + domain + ">"));
                telnet.expect("354 ", telnet.smtp("DATA"));
                telnet.raw("From: <" + sender + ">\r\nSubject: " + prefix + "-" + i + "\r\n\r\ntext\r\n.\r\n");
                telnet.expect("250 ", telnet.reply());
            }
        }
    }
}
