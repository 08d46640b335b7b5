package org.mailroom.connector.smtp;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What stands before the @ (RFC 5321 §4.1.2, RFC 6531 §3.3), which quotes alone may be; characters beyond ASCII are the caller's to allow. */
final class LocalPart {
    /** RFC 5321 §4.5.3.1.1 */
    private static final int LONGEST = 64;

    private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\x{A0}-\\x{10FFFF}-]+";
    private static final Pattern DOT_STRING = Pattern.compile(ATEXT + "(?:\\." + ATEXT + ")*");

    private LocalPart() {}

    static boolean isValid(String local) {
        if (local.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            return false;
        }
        return local.startsWith("\"")
                ? local.length() > 1 && local.endsWith("\"") && isQuoted(local.substring(1, local.length() - 1))
                : DOT_STRING.matcher(local).matches();
    }

    private static boolean isQuoted(String inner) {
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            boolean escape = c == '\\';
            if (escape && ++i == inner.length()) {
                return false;
            }
            if (Character.isISOControl(inner.charAt(i)) || c == '"') {
                return false;
            }
        }
        return true;
    }
}
