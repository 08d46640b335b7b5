package org.mailroom.queue;

/** The encoding of ENVID and ORCPT (RFC 3461 §4): {@code +} and two hexadecimal digits. */
final class Xtext {
    private Xtext() {}

    /** The text itself; what is no xtext stays as it is. */
    static String decode(String xtext) {
        var text = new StringBuilder();
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            if (c == '+' && i + 2 < xtext.length() && isHex(xtext.charAt(i + 1)) && isHex(xtext.charAt(i + 2))) {
                text.append((char) Integer.parseInt(xtext, i + 1, i + 3, 16));
                i += 2;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static boolean isHex(char c) {
        return Character.digit(c, 16) >= 0;
    }
}
