package org.mailroom.connector.relay;

/** Guards the brackets of MAIL and RCPT: nothing in an address may end the path or the command. */
final class MailPath {
    /** RFC 5321 §4.5.3.1.3 counts 256 octets with the brackets; UTF-8 takes more. */
    private static final int LONGEST = 512;

    private MailPath() {}

    /** Whether it can stand between brackets. Whether somebody has it, the remote knows. */
    static boolean isWellFormed(String address) {
        boolean quoted = false;
        for (int i = 0; i < address.length(); i++) {
            char character = address.charAt(i);
            if (Character.isISOControl(character) || (Character.isSurrogate(character) && !isPair(address, i))) {
                return false;
            }
            if (quoted && character == '\\' && i + 1 < address.length()) {
                i++;
                if (Character.isISOControl(address.charAt(i))) {
                    return false;
                }
            } else if (character == '"') {
                quoted = !quoted;
            } else if (!quoted && (character == ' ' || character == '<' || character == '>')) {
                return false;
            }
        }
        return !quoted && !address.isEmpty() && address.length() <= LONGEST;
    }

    private static boolean isPair(String address, int at) {
        return Character.isHighSurrogate(address.charAt(at))
                ? at + 1 < address.length() && Character.isLowSurrogate(address.charAt(at + 1))
                : at > 0 && Character.isHighSurrogate(address.charAt(at - 1));
    }

    static boolean isAscii(String address) {
        return address.chars().allMatch(c -> c < 0x80);
    }
}
