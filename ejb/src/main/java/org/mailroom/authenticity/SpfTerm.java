package org.mailroom.authenticity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One mechanism of a record (RFC 7208 §5).
 *
 * @param result where it matches
 * @param value what stands behind the colon; null where there is none
 * @param prefix4 bits of an IPv4 address that must be the same
 */
record SpfTerm(Result result, String name, @Nullable String value, int prefix4, int prefix6) {
    /** Ten times what RFC 7208 §3.4 advises: whoever wrote a longer one wants us to be busy with it. */
    static final int LONGEST_RECORD = 4096;

    /** A label has 63 octets at most, and a macro is short. */
    private static final int LONGEST_END = 100;

    private static final Pattern MECHANISM = Pattern.compile(
            "([+?~-]?)(all|include|a|mx|ptr|ip4|ip6|exists)(?::([^ ]*?))?((?:/(\\d{1,3}))?(?://(\\d{1,3}))?)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MODIFIER = Pattern.compile("([A-Za-z][A-Za-z0-9_.-]*)=(.*)");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d*");
    private static final Pattern VERSION = Pattern.compile("(?i)v=spf1( .*|$)", Pattern.DOTALL);

    /**
     * A whole record.
     *
     * @param redirect null where there is none
     * @param explanation null where there is none
     */
    record Policy(
            List<SpfTerm> terms,
            @Nullable String redirect,
            @Nullable String explanation) {}

    static boolean isRecord(String text) {
        return VERSION.matcher(text).matches();
    }

    static Policy policy(String record) throws MalformedException {
        if (record.length() > LONGEST_RECORD) {
            throw new MalformedException("a record that is too long");
        }
        var terms = new ArrayList<SpfTerm>();
        String redirect = null;
        String explanation = null;
        for (var word : record.substring("v=spf1".length()).split(" +")) {
            if (word.isEmpty()) {
                continue;
            }
            var modifier = MODIFIER.matcher(word);
            if (!modifier.matches()) {
                terms.add(mechanism(word));
                continue;
            }
            var value = modifier.group(2);
            switch (modifier.group(1).toLowerCase(Locale.ROOT)) {
                case "redirect" -> redirect = once(redirect, "redirect", domain(value));
                case "exp" -> explanation = once(explanation, "exp", domain(value));
                default -> SpfMacro.check(value);
            }
        }
        return new Policy(terms, redirect, explanation);
    }

    private static String once(@Nullable String before, String name, String value) throws MalformedException {
        if (before != null) {
            throw new MalformedException(name + "= comes twice");
        }
        return value;
    }

    private static SpfTerm mechanism(String word) throws MalformedException {
        var parts = MECHANISM.matcher(word);
        if (!parts.matches()) {
            throw new MalformedException("an unknown mechanism");
        }
        var name = parts.group(2).toLowerCase(Locale.ROOT);
        var value = parts.group(3);
        var result = switch (parts.group(1)) {
            case "-" -> Result.FAIL;
            case "~" -> Result.SOFTFAIL;
            case "?" -> Result.NEUTRAL;
            default -> Result.PASS;
        };
        boolean prefixed = !parts.group(4).isEmpty();
        switch (name) {
            case "all" -> require(value == null && !prefixed);
            case "include", "exists" -> require(value != null && !prefixed);
            case "ip4", "ip6" -> require(value != null && parts.group(6) == null);
            case "ptr" -> require(!prefixed);
            default -> {}
        }
        boolean address = name.startsWith("ip");
        if (value != null && !address) {
            domain(value);
        }
        var four = name.equals("ip6") ? null : parts.group(5);
        var six = name.equals("ip6") ? parts.group(5) : parts.group(6);
        return new SpfTerm(result, name, value, prefix(four, 32), prefix(six, 128));
    }

    private static void require(boolean right) throws MalformedException {
        if (!right) {
            throw new MalformedException("a mechanism that makes no sense");
        }
    }

    private static int prefix(@Nullable String text, int most) throws MalformedException {
        if (text == null) {
            return most;
        }
        require(PREFIX.matcher(text).matches() && Integer.parseInt(text) <= most);
        return Integer.parseInt(text);
    }

    /** RFC 7208 §7.1: ends in a macro, or in a label that is no number. */
    private static String domain(String value) throws MalformedException {
        SpfMacro.checkDomain(value);
        var end = value.substring(Math.max(0, value.length() - LONGEST_END));
        require(
                end.matches(
                        "(?s).*(%\\{[^}]*\\}|%%|%_|%-|\\.[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*\\.?|\\.[0-9]+-[A-Za-z0-9-]*[A-Za-z0-9]\\.?)"));
        require(!end.matches("(?s).*\\.(-[^.]*|[^.]*-)\\.?"));
        return value;
    }
}
