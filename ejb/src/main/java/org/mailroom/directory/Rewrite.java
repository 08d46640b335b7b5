package org.mailroom.directory;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/**
 * Leads addresses to others by the form of their local part. The time to match is proportional to the length of an address,
 * whatever the pattern: RE2 does not try alternatives one after another, so none is catastrophic.
 *
 * @param text the pattern as it was written
 * @param pattern of the whole local part, in any case
 * @param local of the target, with {@code $1} to {@code $9}
 * @param domain of the target: what a stranger writes cannot choose it
 */
record Rewrite(String text, Pattern pattern, String local, String domain) {
    private static final int LONGEST = 200;
    private static final long MOST_WRITTEN_OUT = 1000;
    private static final Pattern COUNTED = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    /**
     * Reads what an administrator wrote.
     *
     * @param regular a regular expression; else {@code *} stands for any text and {@code ?} for any character
     * @param target an address, or a local part of the same domain
     * @throws BadAddress where pattern or target makes no sense
     */
    static Rewrite of(String text, boolean regular, String target, String domain) throws BadAddress {
        if (text.isEmpty() || text.length() > LONGEST || target.length() > LONGEST) {
            throw new BadAddress("A pattern and its target have 1 to " + LONGEST + " characters");
        }
        var pattern = compiled(regular ? text : wildcards(text));
        int at = target.lastIndexOf('@');
        var local = at < 0 ? target : target.substring(0, at);
        var checked = MailAddress.parse(
                local.replaceAll("\\$[1-9]", "x") + "@" + (at < 0 ? domain : target.substring(at + 1)));
        var rewrite = new Rewrite(text, pattern, local, checked.domain());
        if (rewrite.highestGap() > pattern.groupCount()) {
            throw new BadAddress("The target names $" + rewrite.highestGap() + ", and the pattern catches only "
                    + pattern.groupCount());
        }
        return rewrite;
    }

    /** What is repeated a counted number of times is written out so often, and within another such repetition again. */
    private static long writtenOut(String expression) {
        long times = 1;
        var counts = COUNTED.matcher(expression);
        while (counts.find() && times <= MOST_WRITTEN_OUT) {
            var last = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            times *= Math.max(1, Long.parseLong(last));
        }
        return times;
    }

    private static Pattern compiled(String expression) throws BadAddress {
        if (writtenOut(expression) > MOST_WRITTEN_OUT) {
            throw new BadAddress(
                    "The pattern repeats too much: all its counts together may come to " + MOST_WRITTEN_OUT);
        }
        try {
            return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new BadAddress("That is no pattern: " + e.getDescription());
        }
    }

    private static String wildcards(String text) {
        var expression = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            expression.append(
                    switch (c) {
                        case '*' -> "(.*)";
                        case '?' -> "(.)";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return expression.toString();
    }

    private int highestGap() {
        int highest = 0;
        for (int i = local.indexOf('$'); i >= 0 && i + 1 < local.length(); i = local.indexOf('$', i + 1)) {
            int digit = Character.digit(local.charAt(i + 1), 10);
            highest = Math.max(highest, digit);
        }
        return highest;
    }

    /** Where mail for a local part goes; empty where it has another form, or what comes of it is nobody or no address. */
    Optional<String> leadsTo(String localPart) {
        var matcher = pattern.matcher(localPart);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var filled = filled(matcher);
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        try {
            // Written and read again, so that what was caught is quoted where it must be, and nothing too long comes
            // out.
            return Optional.of(MailAddress.parse(new MailAddress(filled, domain).toString())
                    .toString());
        } catch (BadAddress e) {
            return Optional.empty();
        }
    }

    private String filled(Matcher matcher) {
        var filled = new StringBuilder();
        for (int i = 0; i < local.length(); i++) {
            int digit =
                    local.charAt(i) == '$' && i + 1 < local.length() ? Character.digit(local.charAt(i + 1), 10) : -1;
            if (digit > 0) {
                var caught = matcher.group(digit);
                filled.append(caught == null ? "" : caught);
                i++;
            } else {
                filled.append(local.charAt(i));
            }
        }
        return filled.toString();
    }
}
