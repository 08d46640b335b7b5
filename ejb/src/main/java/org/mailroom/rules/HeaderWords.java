package org.mailroom.rules;

import java.nio.charset.StandardCharsets;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;

/** What a field says to people. */
final class HeaderWords {
    private HeaderWords() {}

    /** @param value one octet a character; encoded words are decoded (RFC 2047), and what is bare is UTF-8 (RFC 6532) */
    static String decoded(String value) {
        var text = value.chars().allMatch(c -> c < 0x80)
                ? value
                : new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.contains("=?") ? DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT) : text;
    }
}
