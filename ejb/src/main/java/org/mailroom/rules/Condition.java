package org.mailroom.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import org.mailroom.policy.Network;

/**
 * One condition, as in {@code sender is *@there.example}, {@code not network is 192.0.2.0/24}, {@code header:subject matches
 * ^win}, {@code size above 10000000}. Of several recipients, fields or attachments one is enough. Case does not matter. Regular
 * expressions are RE2's, which take linear time whatever is written and whatever is sent.
 */
record Condition(String text, boolean negated, Subject subject, Predicate<String> test) {
    private static final java.util.regex.Pattern FORM =
            java.util.regex.Pattern.compile("(not\\s+)?(\\S+)\\s+(is|matches|above|below)\\s+(\\S.*)");
    private static final int LONGEST = 500;

    static Condition parse(String text) throws BadRule {
        var line = text.strip();
        Matcher form = FORM.matcher(line);
        if (line.length() > LONGEST || line.chars().anyMatch(c -> c < ' ') || !form.matches()) {
            throw new BadRule("\"" + text + "\" is no condition such as: sender is *@example.org");
        }
        var subject = Subject.parse(form.group(2));
        return new Condition(line, form.group(1) != null, subject, test(subject, form.group(3), form.group(4)));
    }

    private static Predicate<String> test(Subject subject, String operator, String value) throws BadRule {
        try {
            return switch (operator) {
                case "is" -> is(subject, value);
                case "matches" -> found(Pattern.compile(value, Pattern.CASE_INSENSITIVE));
                case "above" -> compared(subject, value, 1);
                default -> compared(subject, value, -1);
            };
        } catch (PatternSyntaxException e) {
            throw new BadRule("\"" + value + "\" is no regular expression: " + e.getDescription());
        } catch (IllegalArgumentException e) {
            throw new BadRule(String.valueOf(e.getMessage()));
        }
    }

    private static Predicate<String> is(Subject subject, String value) {
        return switch (subject.kind()) {
            case NETWORK -> {
                var network = Network.parse(value);
                yield address -> network.contains(java.net.InetAddress.ofLiteral(address));
            }
            case SENDER, RECIPIENT -> glob(value.equals("<>") ? "" : value.matches("[^@*?]+") ? "*@" + value : value);
            case HELO, ROLE, TLS, LOGIN, SIZE, HEADER, ATTACHMENT, TYPE, FACT -> glob(value);
        };
    }

    private static Predicate<String> found(Pattern pattern) {
        return text -> pattern.matcher(text).find();
    }

    private static Predicate<String> glob(String value) {
        var regex = Pattern.quote(value).replace("\\*", ".*").replace("\\?", ".");
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL)::matches;
    }

    private static Predicate<String> compared(Subject subject, String value, int sign) {
        if (subject.kind() != Subject.Kind.SIZE || !value.matches("\\d{1,15}")) {
            throw new IllegalArgumentException("above and below are for size, with a number of octets");
        }
        long bound = Long.parseLong(value);
        return size -> Long.compare(Long.parseLong(size), bound) == sign;
    }

    Match match(Seen seen) {
        var texts = subject.texts(seen);
        if (texts == null) {
            return Match.UNKNOWN;
        }
        var match = texts.stream().anyMatch(test) ? Match.YES : Match.NO;
        return negated ? match.negated() : match;
    }
}
