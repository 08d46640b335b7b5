package org.mailroom.connector.smtp;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.mailroom.connector.smtp.PathSyntaxException.About;

/**
 * The argument of MAIL and RCPT: {@code FROM:<path> KEYWORD=value …} (RFC 5321 §4.1.2).
 *
 * @param address without brackets and source route; empty for {@code <>}
 * @param parameters keyword in upper case, value as sent
 */
record PathArgument(String address, Map<String, String> parameters) {
    /** RFC 5321 §4.5.3.1.3, brackets included */
    private static final int LONGEST_PATH = 256;

    /** RFC 5321 §4.5.3.1.1 */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final Pattern DOT_STRING = Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+");
    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");
    private static final Pattern VALUE = Pattern.compile("[!-<>-~]+");

    /**
     * @param word {@code FROM} or {@code TO}
     * @param known keywords that the session offers
     */
    static PathArgument parse(String argument, String word, Set<String> known) throws PathSyntaxException {
        int colon = argument.indexOf(':');
        if (colon < 0 || !argument.substring(0, colon).strip().equalsIgnoreCase(word)) {
            throw new PathSyntaxException(About.COMMAND, usage(word));
        }
        // A space behind the colon is not in the grammar, but in many hands.
        var rest = argument.substring(colon + 1).stripLeading();
        if (!rest.startsWith("<")) {
            throw new PathSyntaxException(About.COMMAND, usage(word) + ", with the brackets");
        }
        int end = closing(rest);
        var behind = rest.substring(end + 1);
        if (!behind.isEmpty() && behind.charAt(0) != ' ') {
            throw new PathSyntaxException(About.COMMAND, "There must be a space behind the address");
        }
        return new PathArgument(address(rest.substring(1, end)), parameters(behind, known));
    }

    private static String usage(String word) {
        return "Usage: " + (word.equals("FROM") ? "MAIL FROM" : "RCPT TO") + ":<someone@example.org>";
    }

    /** The bracket that closes the path; one in a quoted local part does not. */
    private static int closing(String rest) throws PathSyntaxException {
        boolean quoted = false;
        for (int i = 1; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        throw new PathSyntaxException(About.ADDRESS, "The address has no closing bracket");
    }

    private static String address(String path) throws PathSyntaxException {
        if (path.chars().anyMatch(c -> c > 0x7e)) {
            throw new PathSyntaxException(About.NOT_ASCII, "Addresses beyond ASCII are not taken here");
        }
        if (path.length() + 2 > LONGEST_PATH) {
            throw new PathSyntaxException(About.ADDRESS, "The address is too long");
        }
        // RFC 5321 §4.1.1.3, appendix C: a source route is taken and ignored.
        int route = path.startsWith("@") ? path.indexOf(':') : -1;
        var address = path.substring(route + 1);
        int at = address.lastIndexOf('@');
        if (address.isEmpty() && route < 0) {
            return address;
        }
        if (at < 0 && address.equalsIgnoreCase("postmaster")) {
            return address;
        }
        if (at < 0 || !isLocalPart(address.substring(0, at)) || !isDomain(address.substring(at + 1))) {
            throw new PathSyntaxException(About.ADDRESS, "This is not an address such as someone@example.org");
        }
        return address;
    }

    private static boolean isDomain(String domain) {
        return HostName.isValid(domain) && !domain.endsWith(".");
    }

    private static boolean isLocalPart(String local) {
        if (local.length() > LONGEST_LOCAL_PART) {
            return false;
        }
        if (local.startsWith("\"")) {
            return local.length() > 2 && local.endsWith("\"") && isQuoted(local.substring(1, local.length() - 1));
        }
        return DOT_STRING.matcher(local).matches()
                && !local.startsWith(".")
                && !local.endsWith(".")
                && !local.contains("..");
    }

    private static boolean isQuoted(String inner) {
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c < ' ' || c == '"' || (c == '\\' && ++i == inner.length())) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, String> parameters(String text, Set<String> known) throws PathSyntaxException {
        var found = new LinkedHashMap<String, String>();
        for (var parameter : text.strip().split(" +")) {
            if (parameter.isEmpty()) {
                continue;
            }
            int equals = parameter.indexOf('=');
            var keyword = (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
            var value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (!KEYWORD.matcher(keyword).matches()
                    || equals >= 0 && !VALUE.matcher(value).matches()) {
                throw new PathSyntaxException(
                        About.COMMAND, "Behind the address there may be parameters: KEYWORD=value");
            }
            if (!known.contains(keyword)) {
                throw new PathSyntaxException(About.PARAMETER, "Parameter " + keyword + " is not known here");
            }
            if (found.put(keyword, value) != null) {
                throw new PathSyntaxException(About.COMMAND, "Parameter " + keyword + " is given twice");
            }
        }
        return found;
    }
}
