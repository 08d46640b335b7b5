package org.mailroom.authenticity;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code tag=value; tag=value} (RFC 6376 §3.2), as signatures, keys and DMARC records have it. */
record TagList(Map<String, String> tags) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final int MOST = 64;

    TagList {
        tags = Map.copyOf(tags);
    }

    /** @param text folded or not */
    static TagList of(String text) throws MalformedException {
        var tags = new LinkedHashMap<String, String>();
        var parts = text.stripTrailing().replaceFirst(";$", "").split(";", MOST + 1);
        for (var part : parts) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new MalformedException("a tag without a value");
            }
            var name = part.substring(0, equals).strip();
            if (!NAME.matcher(name).matches()) {
                throw new MalformedException("a tag without a name");
            }
            // RFC 6376 §3.2: a tag that comes twice makes the whole list invalid.
            if (tags.put(name, part.substring(equals + 1).strip()) != null) {
                throw new MalformedException(name + "= comes twice");
            }
        }
        if (tags.size() > MOST) {
            throw new MalformedException("too many tags");
        }
        return new TagList(tags);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(tags.get(name));
    }

    String get(String name) throws MalformedException {
        var value = tags.get(name);
        if (value == null || value.isEmpty()) {
            throw new MalformedException(name + "= is missing");
        }
        return value;
    }

    /** Lower case, without the white space that may stand in it. */
    String word(String name, String otherwise) {
        return find(name).map(TagList::compact).orElse(otherwise).toLowerCase(Locale.ROOT);
    }

    /** Words between colons, lower case. */
    List<String> words(String name, String otherwise) {
        return Arrays.stream(word(name, otherwise).split(":"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Octets in base64, in which white space may stand anywhere. */
    byte[] octets(String name) throws MalformedException {
        try {
            return Base64.getDecoder().decode(compact(get(name)));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(name + "= is no base64");
        }
    }

    Optional<Long> number(String name) throws MalformedException {
        var text = tags.get(name);
        if (text == null) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,12}")) {
            throw new MalformedException(name + "= is no number");
        }
        return Optional.of(Long.valueOf(text));
    }

    private static String compact(String value) {
        return value.replaceAll("\\s+", "");
    }
}
