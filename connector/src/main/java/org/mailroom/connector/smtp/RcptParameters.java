package org.mailroom.connector.smtp;

import static org.mailroom.connector.smtp.Parameter.wrong;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may stand behind the address of RCPT: the wishes for reports (RFC 3461 §4.1, §4.2). */
final class RcptParameters {
    private static final Pattern ADDRESS_TYPE = Pattern.compile("[A-Za-z0-9-]{1,40}");

    /** RFC 6533 §3: printable characters; others as themselves, or in braces. */
    private static final Pattern UTF8_ADDRESS =
            Pattern.compile("(?:[!-\\[\\]-~&&[^=+]]|\\\\x\\{[0-9A-Fa-f]{2,6}}|[\\x{A0}-\\x{10FFFF}])+");

    private static final int LONGEST_ORCPT = 500;

    private static final List<Parameter> KNOWN = List.of(
            Parameter.always("NOTIFY", RcptParameters::notify), Parameter.always("ORCPT", RcptParameters::orcpt));

    private RcptParameters() {}

    static void check(PathArgument path, SmtpSession session) throws PathSyntaxException {
        Parameter.check(path, KNOWN, session);
    }

    private static void notify(String value) throws PathSyntaxException {
        var wishes = List.of(value.toUpperCase(Locale.ROOT).split(",", -1));
        boolean known = List.of("SUCCESS", "FAILURE", "DELAY").containsAll(wishes);
        boolean once = wishes.stream().distinct().count() == wishes.size();
        if (!value.equalsIgnoreCase("NEVER") && !(known && once)) {
            throw wrong("NOTIFY is NEVER, or one or more of SUCCESS,FAILURE,DELAY");
        }
    }

    private static void orcpt(String value) throws PathSyntaxException {
        int semicolon = value.indexOf(';');
        var type = value.substring(0, Math.max(0, semicolon));
        var address = value.substring(semicolon + 1);
        boolean utf8 = type.equalsIgnoreCase("utf-8");
        boolean wellFormed = ADDRESS_TYPE.matcher(type).matches()
                && !address.isEmpty()
                && value.length() <= LONGEST_ORCPT
                && (utf8 ? UTF8_ADDRESS.matcher(address).matches() : Xtext.decode(address) != null);
        if (!wellFormed) {
            throw wrong("ORCPT is such as rfc822;someone@example.org, the address as xtext");
        }
    }
}
