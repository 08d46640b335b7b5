package org.mailroom.authenticity;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** A DKIM-Signature (RFC 6376 §3.5) or an ARC-Message-Signature (RFC 8617 §4.1.2), read and found to make sense. */
record SignatureField(
        Field field,
        TagList tags,
        Algorithm algorithm,
        String domain,
        String selector,
        List<String> signed,
        boolean relaxedHeader,
        boolean relaxedBody) {
    private static final Pattern B = Pattern.compile("((?:^|;|:)\\s*b\\s*=)[^;]*");
    /** Letters of any alphabet: an internationalised domain may stand as it is (RFC 8616 §5). */
    private static final Pattern HOST = Pattern.compile("[a-z0-9_.\\x80-\\xff-]{1,253}");

    private static final int MOST_SIGNED = 200;

    SignatureField {
        signed = List.copyOf(signed);
    }

    static SignatureField of(Field field, TagList tags) throws MalformedException {
        var algorithm =
                Algorithm.of(tags.word("a", "")).orElseThrow(() -> new MalformedException("an unknown algorithm"));
        // RFC 6376 §3.5. RFC 8617 names no default, and sealers who leave it out mean relaxed.
        var otherwise = field.name().equals(ArcSet.MESSAGE) ? "relaxed/relaxed" : "simple/simple";
        var canonical = tags.word("c", otherwise).split("/", 2);
        tags.octets("b");
        tags.octets("bh");
        var signed = tags.words("h", "");
        if (tags.find("h").isEmpty() || signed.size() > MOST_SIGNED) {
            throw new MalformedException("h= is missing, or names too many fields");
        }
        return new SignatureField(
                field,
                tags,
                algorithm,
                host(tags, "d"),
                host(tags, "s"),
                signed,
                isRelaxed(canonical[0]),
                canonical.length > 1 && isRelaxed(canonical[1]));
    }

    /** What will be asked of DNS. */
    static String host(TagList tags, String tag) throws MalformedException {
        var host = tags.get(tag).toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches()) {
            throw new MalformedException(tag + "= is no name");
        }
        return host;
    }

    private static boolean isRelaxed(String word) throws MalformedException {
        return switch (word) {
            case "relaxed" -> true;
            case "simple" -> false;
            default -> throw new MalformedException("an unknown canonicalization");
        };
    }

    /** Throws where it is over, or says that it was made after it was over. */
    void checkTime(Instant now) throws MalformedException {
        var until = tags.number("x");
        var made = tags.number("t");
        if (until.isPresent() && (until.get() < now.getEpochSecond() || made.isPresent() && until.get() < made.get())) {
            throw new MalformedException("the signature has expired");
        }
    }

    /** What was signed: each field that h= names, from the bottom up, and this one without b= (RFC 6376 §3.7). */
    byte[] text(Header header) {
        return text(header, signed, withoutSignature(field), relaxedHeader);
    }

    /** @param own the signature's own field, with an empty b= */
    static byte[] text(Header header, List<String> names, Field own, boolean relaxed) {
        var text = new StringBuilder();
        Map<String, Integer> used = new HashMap<>();
        for (var name : names) {
            var fields = header.all(name);
            int index = fields.size() - used.merge(name, 1, Integer::sum);
            if (index >= 0) {
                text.append(fields.get(index).canonical(relaxed)).append("\r\n");
            }
        }
        text.append(own.canonical(relaxed));
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static Field withoutSignature(Field field) {
        return Field.of(B.matcher(field.raw()).replaceFirst("$1"));
    }

    /** Whether it holds, as far as the header is concerned. */
    boolean signs(Header header, KeyRecord key) throws MalformedException {
        return algorithm.verifies(key.key(), text(header), tags.octets("b"));
    }
}
