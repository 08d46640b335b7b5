package org.mailroom.connector.smtp;

import java.util.Collection;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.mailroom.connector.smtp.PathSyntaxException.About;

/**
 * A parameter of MAIL or RCPT (RFC 5321 §4.1.2): to whom it is offered, and what its value may be.
 *
 * @param keyword in upper case
 */
record Parameter(String keyword, Predicate<SmtpSession> offered, Rule rule) {
    /** Looks at a value; an empty one stands for none. */
    interface Rule {
        void check(String value) throws PathSyntaxException;
    }

    static Parameter always(String keyword, Rule rule) {
        return new Parameter(keyword, session -> true, rule);
    }

    /** Exactly these texts, in any case. */
    static Rule matching(Pattern pattern, String usage) {
        return value -> {
            if (!pattern.matcher(value).matches()) {
                throw wrong(usage);
            }
        };
    }

    static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    static PathSyntaxException wrong(String usage) {
        return new PathSyntaxException(About.COMMAND, usage);
    }

    /** Checks what a client gave; RFC 5321 §4.1.1.11: a parameter that was not offered is an error. */
    static void check(PathArgument path, Collection<Parameter> known, SmtpSession session) throws PathSyntaxException {
        for (var given : path.parameters().entrySet()) {
            var parameter = known.stream()
                    .filter(p -> p.keyword.equals(given.getKey()))
                    .filter(p -> session.isExtended() && p.offered.test(session))
                    .findFirst()
                    .orElseThrow(() -> new PathSyntaxException(
                            About.PARAMETER, "Parameter " + given.getKey() + " is not known here"));
            parameter.rule.check(given.getValue());
        }
    }
}
