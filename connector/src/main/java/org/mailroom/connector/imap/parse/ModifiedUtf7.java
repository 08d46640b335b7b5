package org.mailroom.connector.imap.parse;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Mailbox names in printable ASCII (RFC 3501 §5.1.3): anything else becomes base64 of UTF-16 between {@code &} and {@code -},
 * with {@code ,} for {@code /} and without padding.
 */
public final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    public static String encode(String name) {
        var text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); ) {
            if (isPlain(name.charAt(i))) {
                text.append(name.charAt(i) == '&' ? "&-" : name.substring(i, i + 1));
                i++;
                continue;
            }
            int start = i;
            while (i < name.length() && !isPlain(name.charAt(i))) {
                i++;
            }
            var octets = name.substring(start, i).getBytes(StandardCharsets.UTF_16BE);
            text.append('&')
                    .append(Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(octets)
                            .replace('/', ','))
                    .append('-');
        }
        return text.toString();
    }

    /** Names that clients send in UTF-8 pass as they are; there is only one way to write a name otherwise. */
    public static String decode(String text) throws BadSyntax {
        var name = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) != '&') {
                name.append(text.charAt(i++));
                continue;
            }
            int end = text.indexOf('-', i);
            if (end < 0) {
                throw malformed();
            }
            name.append(end == i + 1 ? "&" : shifted(text.substring(i + 1, end)));
            // RFC 3501 §5.1.3: no null shifts, such as "&AAA-&AAA-", which would give one name two spellings.
            if (end > i + 1 && end + 2 < text.length() && text.charAt(end + 1) == '&' && text.charAt(end + 2) != '-') {
                throw malformed();
            }
            i = end + 1;
        }
        return name.toString();
    }

    private static String shifted(String base64) throws BadSyntax {
        try {
            if (base64.indexOf('/') >= 0 || base64.indexOf('=') >= 0) {
                throw malformed();
            }
            var octets = Base64.getDecoder().decode(base64.replace(',', '/'));
            var plain = StandardCharsets.UTF_16BE
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            // What could stand for itself must, or two spellings would name one mailbox.
            if (plain.isEmpty()
                    || plain.chars().anyMatch(c -> isPlain((char) c))
                    || !encode(plain).equals("&" + base64 + "-")) {
                throw malformed();
            }
            return plain;
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw malformed();
        }
    }

    private static boolean isPlain(char character) {
        return character >= ' ' && character <= '~';
    }

    private static BadSyntax malformed() {
        return new BadSyntax(
                "The mailbox name is not modified UTF-7: write & as &-, and anything beyond ASCII in base64");
    }
}
