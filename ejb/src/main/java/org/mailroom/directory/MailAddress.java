package org.mailroom.directory;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mailbox address (RFC 5321 §4.1.2, with the characters of RFC 6531) taken apart, so that all ways to write it are equal.
 *
 * @param localPart without quotes; case as it was written; perhaps empty, which only quotes can say
 * @param domain lower case, A-labels; an address literal in its brackets
 */
public record MailAddress(String localPart, String domain) {
    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{80}-\\x{10FFFF}-]+";
    private static final Pattern DOT_STRING = Pattern.compile(ATEXT + "(?:\\." + ATEXT + ")*");
    private static final Pattern LITERAL = Pattern.compile("\\[[A-Za-z0-9:.-]{1,80}]");
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST = 254;

    public static MailAddress parse(String text) throws BadAddress {
        if (text.length() > LONGEST * 2) {
            throw new BadAddress("The address is too long");
        }
        int at = text.startsWith("\"") ? endOfQuoted(text) : text.lastIndexOf('@');
        if (at < 0) {
            throw new BadAddress("An address has a local part, an @ and a domain");
        }
        var localPart = normalise(localPart(text.substring(0, at)));
        if (localPart.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL_PART) {
            throw new BadAddress("The part before the @ is longer than 64 octets");
        }
        var domain = text.substring(at + 1);
        if (LITERAL.matcher(domain).matches()) {
            return new MailAddress(localPart, domain.toLowerCase(Locale.ROOT));
        }
        var address = new MailAddress(localPart, MailDomain.parse(domain).name());
        if (address.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new BadAddress("The address is longer than 254 octets");
        }
        return address;
    }

    /** An address of ours, where case tells nothing apart; blanks around it are an administrator's slip. */
    public static MailAddress parseOurs(String text) throws BadAddress {
        var address = parse(text.strip());
        if (address.localPart.isEmpty()) {
            throw new BadAddress("The part before the @ is empty");
        }
        return new MailAddress(
                address.key(), MailDomain.parseOurs(address.domain).name());
    }

    /** The local part as our directory keeps and compares it. RFC 5321 §2.4: its case is the business of its host alone. */
    public String key() {
        return localPart.toLowerCase(Locale.ROOT);
    }

    private static String normalise(String text) {
        // RFC 6532 §3.1: one form for what looks alike.
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    private static String localPart(String text) throws BadAddress {
        if (text.startsWith("\"")) {
            return unquote(text);
        }
        if (text.isEmpty()) {
            throw new BadAddress("The part before the @ is missing");
        }
        if (!DOT_STRING.matcher(text).matches() || text.codePoints().anyMatch(MailAddress::isUnfit)) {
            throw new BadAddress(
                    "The part before the @ holds characters or dots that need quotes, or that no address may have");
        }
        return text;
    }

    /** Controls, and halves of surrogate pairs, which are no characters. */
    private static boolean isUnfit(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    /** Where the @ stands behind a quoted local part, or -1. */
    private static int endOfQuoted(String text) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i + 1 < text.length() && text.charAt(i + 1) == '@' ? i + 1 : -1;
            }
        }
        return -1;
    }

    private static String unquote(String text) throws BadAddress {
        var content = new StringBuilder();
        int i = 1;
        while (i < text.length() - 1) {
            if (text.charAt(i) == '\\') {
                i++;
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isUnfit(c)) {
                throw new BadAddress("The part before the @ holds a control character");
            }
            content.appendCodePoint(c);
        }
        return content.toString();
    }

    /** With quotes only where they must be. */
    @Override
    public String toString() {
        if (DOT_STRING.matcher(localPart).matches()) {
            return localPart + "@" + domain;
        }
        return "\"" + localPart.replace("\\", "\\\\").replace("\"", "\\\"") + "\"@" + domain;
    }
}
