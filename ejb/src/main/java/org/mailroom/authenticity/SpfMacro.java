package org.mailroom.authenticity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Fills in what a record leaves open (RFC 7208 §7).
 *
 * @param validated the name of the client (%p), found only where it is asked for
 */
record SpfMacro(
        InetAddress client, String sender, String helo, String domain, Supplier<String> validated, String receiver) {
    private static final Pattern MACRO =
            Pattern.compile("%(?:\\{([A-Za-z])(\\d{0,3})(r?)([.+,/_=-]*)\\}|([%_-])|)", Pattern.CASE_INSENSITIVE);
    private static final Pattern RIGHT =
            Pattern.compile("(?:[^%\\s]|%\\{[slodiphcrtvSLODIPHCRTV]\\d{0,3}[rR]?[.+,/_=-]*\\}|%[%_-])*+");
    private static final Pattern OF_EXPLANATIONS = Pattern.compile("%\\{[crtCRT]");
    private static final Pattern ZEROS = Pattern.compile("(?:(?<=:)|^)0(?::0)+(?=:|$)");
    private static final String HEX = "0123456789ABCDEF";
    private static final int LONGEST_NAME = 253;

    /** The syntax of a domain-spec or of an unknown modifier. */
    static void check(String text) throws MalformedException {
        if (!RIGHT.matcher(text).matches() || text.matches(".*%\\{.0+[^1-9].*")) {
            throw new MalformedException("a macro that makes no sense");
        }
    }

    static void checkDomain(String text) throws MalformedException {
        check(text);
        if (OF_EXPLANATIONS.matcher(text).find()) {
            throw new MalformedException("a macro that is for explanations only");
        }
    }

    SpfMacro of(String otherDomain) {
        return new SpfMacro(client, sender, helo, otherDomain, validated, receiver);
    }

    /** A name to ask for; labels are cut on the left where it is too long (RFC 7208 §7.3). */
    String name(String text) throws MalformedException {
        checkDomain(text);
        var name = fill(text);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        int cut = name.length() > LONGEST_NAME ? name.indexOf('.', name.length() - LONGEST_NAME - 1) : -1;
        return name.substring(cut + 1);
    }

    String fill(String text) {
        var matcher = MACRO.matcher(text);
        var filled = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            filled.append(text, from, matcher.start());
            from = matcher.end();
            if (matcher.group(1) != null) {
                filled.append(value(matcher.group(1).charAt(0), matcher.group(2), matcher.group(3), matcher.group(4)));
            } else if (matcher.group(5) != null) {
                filled.append(
                        switch (matcher.group(5)) {
                            case "_" -> " ";
                            case "-" -> "%20";
                            default -> "%";
                        });
            }
        }
        return filled.append(text, from, text.length()).toString();
    }

    private String value(char letter, String digits, String reverse, String delimiters) {
        var parts = new ArrayList<>(Arrays.asList(value(Character.toLowerCase(letter))
                .split("[" + Pattern.quote(delimiters.isEmpty() ? "." : delimiters) + "]", -1)));
        if (!reverse.isEmpty()) {
            Collections.reverse(parts);
        }
        int most = digits.isEmpty() ? parts.size() : Math.min(parts.size(), Integer.parseInt(digits));
        var value = String.join(".", parts.subList(parts.size() - most, parts.size()));
        return Character.isUpperCase(letter)
                ? URLEncoder.encode(value, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~")
                : value;
    }

    private String value(char letter) {
        int at = sender.lastIndexOf('@');
        return switch (letter) {
            case 's' -> sender;
            case 'l' -> sender.substring(0, at);
            case 'o' -> sender.substring(at + 1);
            case 'd' -> domain;
            case 'i' -> dotted();
            case 'p' -> validated.get();
            case 'v' -> client instanceof Inet6Address ? "ip6" : "in-addr";
            case 'h' -> helo;
            case 'c' -> readable();
            case 'r' -> receiver;
            default -> String.valueOf(System.currentTimeMillis() / 1000);
        };
    }

    /** As people write it: the longest row of zeros is left out (RFC 5952 §4.2). */
    private String readable() {
        var text = client.getHostAddress().toLowerCase(Locale.ROOT);
        var zeros = "";
        for (var row = ZEROS.matcher(text); row.find(); ) {
            zeros = row.group().length() > zeros.length() ? row.group() : zeros;
        }
        return zeros.isEmpty() ? text : text.replaceFirst("(^|:)" + zeros.replaceAll("^:|:$", "") + "(:|$)", "::");
    }

    /** An IPv6 address by its nibbles. */
    private String dotted() {
        if (!(client instanceof Inet6Address)) {
            return client.getHostAddress();
        }
        var nibbles = new ArrayList<String>();
        for (byte octet : client.getAddress()) {
            nibbles.add(Character.toString(HEX.charAt(octet >> 4 & 15)));
            nibbles.add(Character.toString(HEX.charAt(octet & 15)));
        }
        return String.join(".", nibbles);
    }
}
