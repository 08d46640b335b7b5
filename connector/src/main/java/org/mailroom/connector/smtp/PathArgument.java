package org.mailroom.connector.smtp;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.mailroom.connector.smtp.PathSyntaxException.About;

/**
 * The argument of MAIL and RCPT: {@code FROM:<path> KEYWORD=value …} (RFC 5321 §4.1.2).
 *
 * @param address without brackets and source route, its domain in A-labels; empty for {@code <>}
 * @param parameters keyword in upper case, value as sent
 */
record PathArgument(String address, Map<String, String> parameters) {
    /** RFC 5321 §4.5.3.1.3, brackets included */
    private static final int LONGEST_PATH = 256;

    private static final Pattern KEYWORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]*");

    /** RFC 5321 §4.1.2, RFC 6531 §3.3 */
    private static final Pattern VALUE = Pattern.compile("[!-<>-~\\x{80}-\\x{10FFFF}]+");

    /**
     * @param word {@code FROM} or {@code TO}
     * @param utf8 whether the message under way is one of SMTPUTF8; if it begins here, its parameter tells
     */
    static PathArgument parse(String argument, String word, boolean utf8) throws PathSyntaxException {
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
        var parameters = parameters(behind);
        if (!utf8 && !parameters.containsKey("SMTPUTF8") && !isAscii(behind)) {
            throw new PathSyntaxException(About.COMMAND, "Parameters beyond ASCII need SMTPUTF8");
        }
        return new PathArgument(
                address(rest.substring(1, end), utf8 || parameters.containsKey("SMTPUTF8")), parameters);
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

    /** Without its source route, the domain in A-labels. */
    static String address(String path, boolean utf8) throws PathSyntaxException {
        if (!utf8 && !isAscii(path)) {
            throw new PathSyntaxException(About.NOT_ASCII, "An address beyond ASCII needs SMTPUTF8");
        }
        if (octets(path) + 2 > LONGEST_PATH) {
            throw new PathSyntaxException(About.ADDRESS, "The address is too long");
        }
        // RFC 5321 §4.1.1.3, appendix C: a source route is taken and ignored.
        int route = path.startsWith("@") ? path.indexOf(':') : -1;
        var address = path.substring(route + 1);
        if (address.isEmpty() && route < 0 || address.equalsIgnoreCase("postmaster")) {
            return address;
        }
        int at = address.lastIndexOf('@');
        if (at < 0 || !LocalPart.isValid(address.substring(0, at))) {
            throw noAddress();
        }
        return address.substring(0, at + 1) + domain(address.substring(at + 1));
    }

    private static String domain(String domain) throws PathSyntaxException {
        try {
            // RFC 6531 §3.2 leaves the form to us; in A-labels, hosts without SMTPUTF8 can be told of it.
            var ascii = isAscii(domain) ? domain : IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
            if (HostName.isValid(ascii) && !ascii.endsWith(".")) {
                return ascii;
            }
        } catch (IllegalArgumentException malformed) {
            // Told below.
        }
        throw noAddress();
    }

    private static PathSyntaxException noAddress() {
        return new PathSyntaxException(About.ADDRESS, "This is not an address such as someone@example.org");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Map<String, String> parameters(String text) throws PathSyntaxException {
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
            if (found.put(keyword, value) != null) {
                throw new PathSyntaxException(About.COMMAND, "Parameter " + keyword + " is given twice");
            }
        }
        return found;
    }
}
