package org.mailroom.authenticity;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.mailroom.contract.MessageSource;

/** Makes DKIM signatures (RFC 6376 §5): relaxed/relaxed, never l=, From signed once more than it is there. */
final class DkimSigning {
    /** RFC 6376 §5.4.1, without what is changed on the way as a rule. */
    private static final List<String> SIGNED = List.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "list-id",
            "list-unsubscribe",
            "list-unsubscribe-post");

    private static final int LINE = 72;

    private DkimSigning() {}

    /** One field a key, each with its line end. */
    static String fields(MessageSource source, Header header, List<SigningKey> keys, Instant now) throws IOException {
        var body = new BodyHash(true);
        BodyHash.read(source, header, List.of(body));
        var names = names(header);
        var fields = new StringBuilder();
        for (var key : keys) {
            var own = "DKIM-Signature: v=1; a=" + key.algorithm().tag() + "; c=relaxed/relaxed;\r\n\td=" + key.domain()
                    + "; s=" + key.selector() + "; t=" + now.getEpochSecond() + ";\r\n\th="
                    + String.join(":\r\n\t ", lines(names)) + ";\r\n\tbh="
                    + Base64.getEncoder().encodeToString(body.result()) + ";\r\n\tb=";
            var text = SignatureField.text(header, names, Field.of(own), true);
            var signature = key.algorithm().sign(key.key(), text);
            fields.append(own).append(folded(signature)).append("\r\n");
        }
        return fields.toString();
    }

    private static List<String> names(Header header) {
        var names = new ArrayList<String>();
        for (var name : SIGNED) {
            header.all(name).forEach(field -> names.add(name));
        }
        // RFC 6376 §5.4.2: so that a second From, put on top later, breaks the signature.
        names.add("from");
        return names;
    }

    private static List<String> lines(List<String> names) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var name : names) {
            if (!line.isEmpty() && line.length() + name.length() > LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ":").append(name);
        }
        lines.add(line.toString());
        return lines;
    }

    /** In lines that are a little shorter than those around it, for b= stands before the first. */
    static String folded(byte[] signature) {
        var text = Base64.getEncoder().encodeToString(signature);
        int first = Math.min(LINE - 2, text.length());
        var lines = new ArrayList<>(List.of(text.substring(0, first)));
        for (int at = first; at < text.length(); at += LINE) {
            lines.add(text.substring(at, Math.min(at + LINE, text.length())));
        }
        return String.join("\r\n\t ", lines);
    }
}
