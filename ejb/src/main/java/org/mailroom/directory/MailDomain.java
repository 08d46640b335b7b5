package org.mailroom.directory;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a domain in the one form in which it is kept and compared: lower case, A-labels (RFC 5890).
 *
 * <p>Labels in other scripts are turned by the JDK's IDNA of 2003: ß becomes ss, and a few letters that came to Unicode after
 * 3.2 are refused. Who has such a domain writes its A-label.
 */
public record MailDomain(String name) {
    // Underscores are in no host name (RFC 952), and yet in domains that people send to.
    private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern ALL_DIGITS = Pattern.compile("[0-9]+");
    private static final int LONGEST = 253;

    /** Any domain that mail may be for. */
    public static MailDomain parse(String text) throws BadAddress {
        if (text.isEmpty()) {
            throw new BadAddress("The domain is missing");
        }
        if (text.length() > 4 * LONGEST) {
            throw new BadAddress("The domain is too long");
        }
        var name = toAscii(text).toLowerCase(Locale.ROOT);
        if (name.length() > LONGEST) {
            throw new BadAddress("The domain is too long");
        }
        var labels = name.split("\\.", -1);
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new BadAddress(
                        label.isEmpty()
                                ? "The domain has a dot too many"
                                : "The domain may hold letters, digits, hyphens and dots only");
            }
        }
        // Otherwise 127.0.0.1 without brackets would be a domain.
        if (ALL_DIGITS.matcher(labels[labels.length - 1]).matches()) {
            throw new BadAddress("The last part of a domain is a name, not a number");
        }
        return new MailDomain(name);
    }

    /** A domain of ours: as above, with a dot in it and no underscore. */
    public static MailDomain parseOurs(String text) throws BadAddress {
        var domain = parse(text.strip());
        if (!domain.name.contains(".")) {
            throw new BadAddress("A mail domain has at least two parts, such as example.org");
        }
        if (domain.name.contains("_")) {
            throw new BadAddress("The domain may hold letters, digits, hyphens and dots only");
        }
        return domain;
    }

    private static String toAscii(String text) throws BadAddress {
        if (text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return text;
        }
        try {
            return IDN.toASCII(text, IDN.USE_STD3_ASCII_RULES);
        } catch (IllegalArgumentException e) {
            throw new BadAddress("The domain holds characters that no domain may have");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
