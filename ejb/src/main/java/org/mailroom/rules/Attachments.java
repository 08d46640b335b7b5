package org.mailroom.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.store.MimePart;

/**
 * The parts of a message, by what they call themselves.
 *
 * @param names of files
 * @param types media types, lower case
 */
record Attachments(List<String> names, List<String> types) {
    private static final int LONGEST_HEADER = 16 * 1024;

    /** Plain, in pieces, or in a character set (RFC 2231 §3, §4); nine pieces are enough. */
    private static final Pattern PARAMETER = Pattern.compile(
            ";\\s*((?:file)?name(?:\\*\\d?\\*?)?)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^;\\s]+)",
            Pattern.CASE_INSENSITIVE);

    Attachments {
        names = List.copyOf(names);
        types = List.copyOf(types);
    }

    static Attachments of(MimePart message, MessageSource source) {
        var parts = leaves(message).toList();
        var names = new ArrayList<String>();
        try (var in = source.open()) {
            long at = 0;
            for (var part : parts) {
                in.skipNBytes(part.header() - at);
                at = part.header() + header(in, part, names);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Attachments(names, parts.stream().map(MimePart::type).toList());
    }

    private static Stream<MimePart> leaves(MimePart part) {
        return part.isMultipart()
                ? part.parts().stream().flatMap(Attachments::leaves)
                : Stream.concat(Stream.of(part), part.parts().stream().flatMap(Attachments::leaves));
    }

    /** Reads the header of a part; returns the octets read. */
    private static int header(InputStream in, MimePart part, List<String> names) throws IOException {
        var octets = in.readNBytes((int) Math.min(part.body() - part.header(), LONGEST_HEADER));
        var text = new String(octets, StandardCharsets.ISO_8859_1).replaceAll("\r?\n(?=[ \t])", "");
        text.lines().forEach(line -> {
            var name = name(line);
            if (name != null) {
                names.add(name);
            }
        });
        return octets.length;
    }

    /** RFC 2231 §4 */
    private static String decoded(String text) {
        int language = text.indexOf('\'');
        int start = text.indexOf('\'', language + 1) + 1;
        try {
            var charset = language <= 0 ? StandardCharsets.UTF_8 : Charset.forName(text.substring(0, language));
            return URLDecoder.decode(text.substring(Math.max(0, start)).replace("+", "%2B"), charset);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static @Nullable String name(String line) {
        boolean tells = line.regionMatches(true, 0, "Content-Disposition:", 0, 20)
                || line.regionMatches(true, 0, "Content-Type:", 0, 13);
        if (!tells) {
            return null;
        }
        var pieces = new TreeMap<String, String>();
        Matcher parameter = PARAMETER.matcher(line);
        while (parameter.find()) {
            var value = parameter.group(2);
            pieces.put(
                    parameter.group(1).toLowerCase(Locale.ROOT),
                    value.startsWith("\"")
                            ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                            : value);
        }
        if (pieces.isEmpty()) {
            return null;
        }
        var text = String.join("", pieces.values());
        return pieces.firstKey().contains("*")
                ? decoded(text)
                : HeaderWords.decoded(pieces.firstEntry().getValue());
    }
}
