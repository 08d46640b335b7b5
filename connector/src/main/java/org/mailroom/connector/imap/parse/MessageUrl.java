package org.mailroom.connector.imap.parse;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of a message by its place on this server (RFC 5092 §7): {@code /INBOX;UIDVALIDITY=1/;UID=20/;SECTION=1.2}.
 *
 * @param uidValidity 0 where nothing is said
 */
public record MessageUrl(
        String mailbox, long uidValidity, long uid, Section section, FetchItem.@Nullable Partial partial) {
    private static final int LONGEST = 2000;
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /**
     * Absolute or relative.
     *
     * @param host the only one that an absolute URL may name
     * @param selected the mailbox from which a relative URL goes on (RFC 4469 §3); null where none is selected
     */
    public static MessageUrl read(String text, String host, @Nullable String selected) throws BadSyntax {
        var path = withoutDots(path(text, host, selected));
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

    /** From the root on (RFC 3986 §5.2.2; parameters are part of the path). */
    private static String path(String text, String host, @Nullable String selected) throws BadSyntax {
        if (text.regionMatches(true, 0, "imap://", 0, 7)) {
            return pathOn(host, text, 7);
        }
        if (text.startsWith("//")) {
            return pathOn(host, text, 2);
        }
        if (text.startsWith("/")) {
            return text.substring(1);
        }
        if (SCHEME.matcher(text).matches()) {
            throw bad(text);
        }
        var base = selected == null ? "" : encoded(selected);
        if (text.regionMatches(true, 0, ";UID", 0, 4)) {
            // In place of the mailbox's last level it would name none; what is meant is a message in it.
            return base + (text.regionMatches(true, 0, ";UIDVALIDITY=", 0, 13) ? "" : "/") + text;
        }
        return base.substring(0, base.lastIndexOf('/') + 1) + text;
    }

    private static String pathOn(String host, String text, int authorityAt) throws BadSyntax {
        int start = text.indexOf('/', authorityAt);
        var authority = text.substring(authorityAt, Math.max(authorityAt, start));
        var named = authority.substring(authority.lastIndexOf('@') + 1).replaceFirst(":\\d*$", "");
        if (start < 0 || !named.equalsIgnoreCase(host)) {
            throw bad(text);
        }
        return text.substring(start + 1);
    }

    /** RFC 3986 §5.2.4. */
    private static String withoutDots(String path) {
        var segments = List.of(path.split("/", -1));
        if (!segments.contains(".") && !segments.contains("..")) {
            return path;
        }
        var left = new ArrayDeque<String>();
        for (var segment : segments) {
            if (segment.equals("..")) {
                left.pollLast();
            } else if (!segment.equals(".")) {
                left.add(segment);
            }
        }
        return String.join("/", left);
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

    private static String encoded(String mailbox) {
        return URLEncoder.encode(mailbox, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /** RFC 4469 §4. */
    public static BadSyntax bad(String url) {
        return new Unobtainable("[BADURL " + Quoted.string(url) + "] That URL names nothing here");
    }
}
