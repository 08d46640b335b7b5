package org.mailroom.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Awkward messages: some of our own, and those of the folder that the environment variable MAILROOM_CORPUS names. */
public final class Corpus {
    private Corpus() {}

    /** By name, with CRLF line ends where the file has none of its own kind. */
    public static Map<String, byte[]> messages() {
        var all = new LinkedHashMap<String, byte[]>();
        own().forEach((name, text) -> all.put(name, text.getBytes(StandardCharsets.ISO_8859_1)));
        var folder = System.getenv("MAILROOM_CORPUS");
        if (folder == null) {
            System.out.println("MAILROOM_CORPUS is not set: only our own messages are tried");
            return all;
        }
        try (var files = Files.list(Path.of(folder))) {
            for (var file : files.sorted().toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                var lines = text.replace("\r\n", "\n").replace("\n", "\r\n");
                all.put(file.getFileName().toString(), lines.getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Map<String, String> own() {
        var own = new LinkedHashMap<String, String>();
        own.put("empty", "");
        own.put("only an empty line", "\r\n");
        own.put("header without end", "Subject: x");
        own.put("no header", "\r\nbody");
        own.put("text that is no header", "this is no header\r\nnor is this\r\n\r\nbody\r\n");
        own.put("bare LF", "Subject: x\nFrom: a@b.example\n\nline\nline\n");
        own.put("bare CR", "Subject: x\ry\r\nFrom: a\r@b.example\r\n\r\nline\rline\r\n");
        own.put("NUL", "Subject: \0a\0\r\nFrom: \0 <a\0@b.example>\r\n\r\n\0\r\n");
        own.put("8-bit header", "Subject: Gr\u00fc\u00dfe\r\nFrom: \"J\u00f6rg\" <j@b.example>\r\n\r\nx\r\n");
        own.put("megabyte header", "X: " + "x".repeat(1 << 20) + "\r\nSubject: late\r\n\r\nbody\r\n");
        own.put("many header lines", "X: y\r\n".repeat(100_000) + "\r\nbody\r\n");
        own.put("many recipients", "To: " + "a@b.example, ".repeat(50_000) + "\r\n\r\n");
        own.put("multipart without boundary", "Content-Type: multipart/mixed\r\n\r\nhello\r\n");
        own.put("boundary that never comes", "Content-Type: multipart/mixed; boundary=b\r\n\r\nhello\r\n");
        own.put("only the closing boundary", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n");
        own.put(
                "empty parts",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n\r\n--b\r\n\r\n\r\n--b--");
        own.put(
                "part header without end",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n--b--\r\n");
        own.put(
                "same boundary inside",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                        + "--b\r\n\r\nx\r\n--b--\r\ny\r\n--b--\r\n");
        own.put(
                "boundary within boundary",
                "Content-Type: multipart/mixed; boundary=\"ab\"\r\n\r\n--ab\r\n"
                        + "Content-Type: multipart/mixed; boundary=\"abc\"\r\n\r\n--abc\r\n\r\nx\r\n--abc--\r\n--ab--\r\n");
        own.put("deep multiparts", deep("multipart/mixed; boundary=b%d", "--b%d\r\n"));
        own.put("deep messages", "Content-Type: message/rfc822\r\n\r\n".repeat(5000) + "x");
        own.put("many parts", "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(20_000));
        own.put(
                "digest",
                "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\nSubject: in\r\n\r\nx\r\n--b--\r\n");
        own.put(
                "message in base64",
                "Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogeA0KDQo=\r\n");
        own.put(
                "parameters",
                "Content-Type: text/plain; charset=\"; name=\\\"; =x; a; b=; c=\"d\\\"e\"; (x) f*0*=g\r\n\r\n");
        own.put("type of strange octets", "Content-Type: t\u00e9xt/pl\u00e4in; n\u00e4me=\u00ff\r\n\r\nx");
        own.put("groups", "To: A: a@b.example, B: c@d.example;, ;;, :;,,<>, <, (\r\nFrom: :\r\n\r\n");
        own.put("long line", "Subject: x\r\n\r\n" + "y".repeat(300_000) + "\r\n" + "z".repeat(65_535) + "\r\n");
        return own;
    }

    private static String deep(String type, String delimiter) {
        var text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append("Content-Type: ")
                    .append(type.formatted(i))
                    .append("\r\n\r\n")
                    .append(delimiter.formatted(i));
        }
        return text.append("\r\nx\r\n").toString();
    }
}
