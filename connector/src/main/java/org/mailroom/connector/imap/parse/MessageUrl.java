package org.mailroom.connector.imap.parse;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message by its place on this server (RFC 5092 §7): {@code /INBOX;UIDVALIDITY=1/;UID=20/;SECTION=1.2}.
 *
 * @param uidValidity 0 where nothing is said
 */
public record MessageUrl(
        String mailbox, long uidValidity, long uid, Section section, FetchItem.@Nullable Partial partial) {
    private static final int LONGEST = 2000;

    /**
     * Absolute or from the root on.
     *
     * @param host the only one that an absolute URL may name
     */
    public static MessageUrl read(String text, String host) throws BadSyntax {
        var path = path(text, host);
        var lower = path.toLowerCase(Locale.ROOT);
        int uidAt = lower.indexOf("/;uid=");
        if (uidAt <= 0 || text.length() > LONGEST) {
            throw bad(text);
        }
        try {
            var name = path.substring(0, uidAt);
            int validityAt = name.toLowerCase(Locale.ROOT).indexOf(";uidvalidity=");
            long validity = validityAt < 0 ? 0 : number(name.substring(validityAt + ";uidvalidity=".length()));
            var rest = path.substring(uidAt + "/;uid=".length()).split("/;", -1);
            var section = Section.ALL;
            FetchItem.Partial partial = null;
            for (int i = 1; i < rest.length; i++) {
                int equals = rest[i].indexOf('=');
                var value = decoded(rest[i].substring(equals + 1));
                switch (rest[i].substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT)) {
                    case "section" -> section = Section.of(value);
                    case "partial" -> partial = partial(value);
                    default -> throw bad(text);
                }
            }
            var mailbox = MailboxName.inbox(decoded(validityAt < 0 ? name : name.substring(0, validityAt)));
            return new MessageUrl(mailbox, validity, number(rest[0]), section, partial);
        } catch (BadSyntax | IllegalArgumentException e) {
            // RFC 4469 §4.1: the line is IMAP, whatever the URL in it.
            throw bad(text);
        }
    }

    private static String path(String text, String host) throws BadSyntax {
        int start = 0;
        if (text.regionMatches(true, 0, "imap://", 0, 7)) {
            start = text.indexOf('/', 7);
            var authority = text.substring(7, Math.max(7, start));
            var named = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
            if (!named.equalsIgnoreCase(host)) {
                throw bad(text);
            }
        }
        if (start < 0 || start >= text.length() || text.charAt(start) != '/') {
            throw bad(text);
        }
        return text.substring(start + 1);
    }

    private static FetchItem.Partial partial(String value) {
        int dot = value.indexOf('.');
        return dot < 0
                ? new FetchItem.Partial(number(value), Long.MAX_VALUE)
                : new FetchItem.Partial(number(value.substring(0, dot)), number(value.substring(dot + 1)));
    }

    private static long number(String digits) {
        if (!digits.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("no number");
        }
        return Long.parseLong(digits);
    }

    /** A plus is a plus: this is no form. */
    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** RFC 4469 §4. */
    public static BadSyntax bad(String url) {
        return new Unobtainable("[BADURL " + Quoted.string(url) + "] That URL names nothing here");
    }
}
