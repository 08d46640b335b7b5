package org.mailroom.contract.relay;

import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a host offers, after TLS where there is TLS.
 *
 * @param offered keywords of EHLO in upper case, each with the text behind it (RFC 5321 §4.1.1.1)
 */
public record Extensions(Map<String, String> offered) {
    public static final Extensions NONE = new Extensions(Map.of());

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    public Extensions {
        offered = Map.copyOf(offered);
    }

    public boolean has(String keyword) {
        return offered.containsKey(keyword);
    }

    /** Octets that it takes at most; empty where it does not say, and 0 says nothing either (RFC 1870 §4). */
    public OptionalLong size() {
        var text = offered.getOrDefault("SIZE", "");
        long size = NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
        return size > 0 ? OptionalLong.of(size) : OptionalLong.empty();
    }
}
