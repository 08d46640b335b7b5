package org.mailroom.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever the world sends comes back octet for octet, through every door. */
class CorpusIT {
    private final Mailroom server = Mailroom.server();

    @Test
    void awkward_messages_of_our_own_come_back_unchanged() throws Exception {
        var messages = new LinkedHashMap<String, byte[]>();
        messages.put("only a dot-line", octets("Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n"));
        messages.put("no header", octets("\r\nbody only\r\n"));
        messages.put("no body", octets("Subject: x\r\n"));
        messages.put("8-bit header", octets("Subject: \u00fc\u00e9\r\nFrom: \u00ff <a@b>\r\n\r\nx\r\n"));
        messages.put("no end boundary", octets("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\na\r\n"));
        messages.put("empty multipart", octets("Content-Type: multipart/mixed; boundary=b\r\n\r\n"));
        messages.put("broken type", octets("Content-Type: ;;;=\"\r\nContent-Transfer-Encoding: \r\n\r\nx\r\n"));
        messages.put("quotes", octets("Subject: \"\\\"{5}\r\nTo: \"a\\\"b\" <c@d>, x:y@z;, ,\r\n\r\nx\r\n"));
        messages.put("deep", octets("Content-Type: message/rfc822\r\n\r\n".repeat(150) + "Subject: deep\r\n\r\nx\r\n"));
        messages.put("blank line ends", octets("Subject: x\r\n\r\n\r\n\r\n  \r\n\t\r\n"));
        messages.put("large", octets("Subject: large\r\n\r\n" + ("x".repeat(76) + "\r\n").repeat(12_000)));
        check("awkward", messages);
    }

    @Test
    void messages_from_the_wild_come_back_unchanged() throws Exception {
        var folder = System.getenv("MAILROOM_CORPUS");
        assumeTrue(folder != null, "SKIPPED: MAILROOM_CORPUS does not name a folder of messages");
        var messages = new LinkedHashMap<String, byte[]>();
        try (var files = Files.list(Path.of(folder))) {
            for (var file : files.filter(f -> !f.endsWith("README.md")).sorted().toList()) {
                messages.put(file.getFileName().toString(), canonical(Files.readAllBytes(file)));
            }
        }
        assertThat(messages).isNotEmpty();
        check("wild", messages);
    }

    private void check(String name, Map<String, byte[]> messages) throws Exception {
        var address = server.account("corpus-" + name);
        for (var message : messages.values()) {
            Smtp.deliver(server.port("smtp"), address, message);
        }
        try (var imap = new Telnet(server.port("imap"))) {
            imap.line();
            imap.imap("a1", "LOGIN " + address + " " + Mailroom.password(address));
            append(imap, messages);
            byName(imap, "INBOX", messages, true);
            byName(imap, "Archive", messages, false);
        }
        popped(address, messages);
    }

    private static void append(Telnet imap, Map<String, byte[]> messages) throws Exception {
        for (var message : messages.values()) {
            imap.raw("b APPEND Archive {" + message.length + "}\r\n");
            imap.expect("+ ", imap.line());
            imap.raw(message);
            imap.raw("\r\n");
            assertThat(imap.imapReply("b")).contains("b OK");
        }
    }

    /** @param delivered SMTP ends the last line and puts trace fields on top */
    private static void byName(Telnet imap, String mailbox, Map<String, byte[]> messages, boolean delivered)
            throws Exception {
        assertThat(imap.imap("c", "SELECT " + mailbox)).contains("* " + messages.size() + " EXISTS");
        int sequence = 0;
        for (var message : messages.entrySet()) {
            sequence++;
            byte[] expected = delivered ? ended(message.getValue()) : message.getValue();
            byte[] found = body(imap, sequence);
            if (delivered) {
                found = withoutTrace(found);
            }
            assertThat(found).as(mailbox + ": " + message.getKey()).isEqualTo(expected);
            imap.raw("e FETCH " + sequence + " (ENVELOPE BODYSTRUCTURE BODY)\r\n");
            assertThat(Expressions.wellFormed(imap, "e")).as(message.getKey()).isTrue();
        }
    }

    private static byte[] body(Telnet imap, int sequence) throws Exception {
        imap.raw("d FETCH " + sequence + " BODY.PEEK[]\r\n");
        String line = imap.line();
        int size = Integer.parseInt(line.substring(line.indexOf('{') + 1, line.indexOf('}')));
        byte[] octets = imap.octets(size);
        imap.imapReply("d");
        return octets;
    }

    private void popped(String address, Map<String, byte[]> messages) throws Exception {
        try (var pop = new Telnet(server.port("pop3"))) {
            pop.expect("+OK", pop.line());
            pop.raw("USER " + address + "\r\nPASS " + Mailroom.password(address) + "\r\n");
            pop.expect("+OK", pop.line());
            pop.expect("+OK", pop.line());
            int number = 0;
            for (var message : messages.entrySet()) {
                number++;
                pop.raw("LIST " + number + "\r\n");
                int size = Integer.parseInt(pop.line().split(" ")[2]);
                pop.raw("RETR " + number + "\r\n");
                pop.expect("+OK", pop.line());
                byte[] found = multiline(pop);
                assertThat(found).as(message.getKey()).hasSize(size);
                assertThat(withoutTrace(found)).as(message.getKey()).isEqualTo(ended(message.getValue()));
            }
        }
    }

    private static byte[] multiline(Telnet pop) throws Exception {
        var octets = new ByteArrayOutputStream();
        while (true) {
            String line = pop.line();
            if (line.equals(".")) {
                return octets.toByteArray();
            }
            octets.writeBytes(octets((line.startsWith(".") ? line.substring(1) : line) + "\r\n"));
        }
    }

    /** Without what we put on top, each with its folded lines. */
    private static byte[] withoutTrace(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        int at = 0;
        for (var field : List.of("Return-Path: <stranger@there.test>", "Received: ", "Authentication-Results: mail.")) {
            assertThat(text.substring(at)).startsWith(field);
            at = text.indexOf("\r\n", at) + 2;
            while (text.startsWith("\t", at) || text.startsWith(" ", at)) {
                at = text.indexOf("\r\n", at) + 2;
            }
        }
        return Arrays.copyOfRange(message, at, message.length);
    }

    private static byte[] ended(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1);
        return text.endsWith("\r\n") ? message : octets(text + "\r\n");
    }

    /** Line ends as mail has them; lines longer than SMTP takes are folded away by nobody, so such messages stay out. */
    private static byte[] canonical(byte[] message) {
        var text = new String(message, StandardCharsets.ISO_8859_1)
                .replace("\r\n", "\n")
                .replace('\r', '\n')
                .replace("\n", "\r\n")
                .replace("\0", "");
        return octets(text);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads a FETCH response as nested parentheses, quoted strings and literals, and nothing else. */
    private static final class Expressions {
        static boolean wellFormed(Telnet imap, String tag) throws Exception {
            int depth = 0;
            var seen = new ArrayList<String>();
            while (true) {
                String line = imap.line();
                if (line.startsWith(tag + " ")) {
                    return depth == 0 && line.startsWith(tag + " OK") && !seen.isEmpty();
                }
                seen.add(line);
                boolean quoted = false;
                for (int i = 0; i < line.length(); i++) {
                    char c = line.charAt(i);
                    if (c < 32 || c > 126) {
                        return false;
                    } else if (quoted && c == '\\') {
                        i++;
                    } else if (c == '"') {
                        quoted = !quoted;
                    } else if (!quoted) {
                        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
                    }
                }
                if (quoted || depth < 0) {
                    return false;
                }
                if (line.matches(".*\\{\\d+}")) {
                    imap.octets(Integer.parseInt(line.substring(line.lastIndexOf('{') + 1, line.length() - 1)));
                }
            }
        }
    }
}
