package org.mailroom.connector.pop3;

import java.net.IDN;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The header of an internationalised message (RFC 6532) for a client that reads ASCII only: text becomes encoded words, and
 * an address that has no ASCII form becomes the name of an empty group, so that it can be read and not be answered (RFC 6857).
 * What is not UTF-8, or has a field without an ASCII name, was never a header of that kind and stays as it is.
 */
final class SurrogateHeader {
    private static final Set<String> ADDRESSES = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "return-path",
            "delivered-to",
            "resent-from",
            "resent-sender",
            "resent-to",
            "resent-cc",
            "resent-bcc",
            "disposition-notification-to");

    /**
     * One address of a list: quoted strings, comments and what is in angle brackets may hold commas. All repetitions are
     * possessive, since others need a stack as deep as a stranger's header is long.
     */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\"(?:\\\\.|[^\"\\\\])*+\"|\\((?:\\\\.|[^()\\\\])*+\\)|<[^<>]*+>|[^,\"(<])++|[^,]");

    private static final Pattern PARAMETER = Pattern.compile("([A-Za-z0-9_-]++)=\"((?:\\\\.|[^\"\\\\])*+)\"");

    /** RFC 2047 §2: an encoded word has at most 75 characters. */
    private static final int LONGEST_WORD = 45;

    private SurrogateHeader() {}

    /** Where the header ends, behind its empty line; the length of the octets where that is not among them. */
    static int end(byte[] octets) {
        for (int i = 0; i + 3 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n' && octets[i + 2] == '\r' && octets[i + 3] == '\n') {
                return i + 4;
            }
        }
        return octets.length;
    }

    static boolean isAscii(byte[] octets, int length) {
        for (int i = 0; i < length; i++) {
            if (octets[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The first octets of a message as a client may have them that reads ASCII only. */
    static byte[] of(byte[] octets, int length) {
        var fields = fields(octets, length);
        boolean international = isUtf8(octets, length) && fields.stream().allMatch(SurrogateHeader::isNamed);
        return international
                ? fields.stream()
                        .map(SurrogateHeader::field)
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.US_ASCII)
                : Arrays.copyOf(octets, length);
    }

    private static boolean isUtf8(byte[] octets, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** With their line ends. */
    private static List<String> fields(byte[] octets, int length) {
        var header = new String(octets, 0, length, StandardCharsets.UTF_8);
        var fields = new ArrayList<String>();
        for (int from = 0; from < header.length(); ) {
            int to = fieldEnd(header, from);
            fields.add(header.substring(from, to));
            from = to;
        }
        return fields;
    }

    /** Whether a field needs no name, being ASCII, or has one that is. */
    private static boolean isNamed(String field) {
        int colon = field.indexOf(':');
        return isAscii(field) || colon > 0 && isAscii(field.substring(0, colon));
    }

    /** A line that begins with a blank goes on with the field (RFC 5322 §2.2.3). */
    private static int fieldEnd(String header, int from) {
        for (int at = header.indexOf("\r\n", from); at >= 0; at = header.indexOf("\r\n", at + 2)) {
            boolean folded = at + 2 < header.length() && " \t".indexOf(header.charAt(at + 2)) >= 0;
            if (!folded) {
                return at + 2;
            }
        }
        return header.length();
    }

    private static String field(String field) {
        if (isAscii(field)) {
            return field;
        }
        int colon = field.indexOf(':');
        var name = field.substring(0, colon);
        var value = field.substring(colon + 1).replaceAll("\r\n(?=[ \t])", "").strip();
        var kind = name.strip().toLowerCase(Locale.ROOT);
        var ascii = ADDRESSES.contains(kind)
                ? addresses(value)
                : kind.startsWith("content-") ? parameters(value) : text(value);
        return name + ": " + ascii + "\r\n";
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** Words that are not ASCII, with the blanks among them, become encoded words; the rest stays. */
    private static String text(String value) {
        var words = value.split(" +", -1);
        var out = new StringBuilder();
        for (int i = 0; i < words.length; i++) {
            int first = i;
            while (i + 1 < words.length && !isAscii(words[i]) && !isAscii(words[i + 1])) {
                i++;
            }
            var run = String.join(" ", Arrays.asList(words).subList(first, i + 1));
            out.append(out.isEmpty() ? "" : " ").append(isAscii(run) ? run : encoded(run));
        }
        return out.toString();
    }

    private static String encoded(String text) {
        var out = new StringBuilder();
        var piece = new StringBuilder();
        text.codePoints().forEach(c -> {
            var character = Character.toString(c);
            if ((piece + character).getBytes(StandardCharsets.UTF_8).length > LONGEST_WORD) {
                out.append(word(piece)).append("\r\n ");
                piece.setLength(0);
            }
            piece.append(character);
        });
        return out.append(word(piece)).toString();
    }

    private static String word(CharSequence text) {
        var octets = text.toString().getBytes(StandardCharsets.UTF_8);
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
    }

    private static String addresses(String value) {
        var out = new StringBuilder();
        var found = ADDRESS.matcher(value);
        while (found.find()) {
            var one = found.group().strip();
            if (!one.isEmpty()) {
                out.append(out.isEmpty() ? "" : ",\r\n ").append(isAscii(one) ? one : address(one));
            }
        }
        return out.toString();
    }

    private static String address(String one) {
        int end = one.length() - 1;
        int open = one.endsWith(">") ? one.indexOf('<', one.lastIndexOf('>', end - 1) + 1) : -1;
        boolean hasName = open >= 0;
        var original = hasName ? one.substring(open + 1, end) : one;
        var address = ascii(original);
        var written = hasName ? one.substring(0, open).strip() : "";
        var name = written.replaceAll("^\"|\"$", "");
        if (!isAscii(address)) {
            // RFC 6857 §3.1.8: there is nothing that an answer could go to.
            return encoded((name.isEmpty() ? "" : name + " ") + original) + " :;";
        }
        if (!hasName) {
            return address;
        }
        return (isAscii(name) ? written : encoded(name)) + " <" + address + ">";
    }

    /** A domain always has an ASCII form, a local part that is not ASCII never. */
    private static String ascii(String address) {
        int at = address.lastIndexOf('@');
        try {
            return at < 0 ? address : address.substring(0, at + 1) + IDN.toASCII(address.substring(at + 1));
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /** RFC 2231 §4: a file name in UTF-8 is still a file name. */
    private static String parameters(String value) {
        var out = PARAMETER
                .matcher(value)
                .replaceAll(match -> Matcher.quoteReplacement(
                        isAscii(match.group())
                                ? match.group()
                                : match.group(1) + "*=UTF-8''" + percent(match.group(2))));
        return isAscii(out) ? out : text(out);
    }

    private static String percent(String text) {
        var out = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= '0' && octet <= '9'
                    || octet >= 'A' && octet <= 'Z'
                    || octet >= 'a' && octet <= 'z'
                    || octet == '.'
                    || octet == '-'
                    || octet == '_';
            out.append(plain ? Character.toString(octet) : "%%%02X".formatted(octet & 0xff));
        }
        return out.toString();
    }
}
