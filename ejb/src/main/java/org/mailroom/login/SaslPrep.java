package org.mailroom.login;

import java.text.Normalizer;
import java.util.Optional;

/**
 * SASLprep (RFC 4013): the form in which passwords are compared, so that é is é whether a keyboard sends one character or
 * two. ASCII passes as it is, blanks and case included.
 *
 * <p>One liberty: the RFC's list of assigned characters is that of Unicode 3.2; this one goes with the JDK's, because people
 * use today's characters.
 */
final class SaslPrep {
    private SaslPrep() {}

    /** The prepared text; empty where the RFC prohibits a character, or nothing remains. */
    static Optional<String> prepare(String text) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return Optional.of(text);
        }
        var mapped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isSpace(c)) {
                mapped.append(' ');
            } else if (!isMappedToNothing(c)) {
                mapped.appendCodePoint(c);
            }
        });
        var prepared = Normalizer.normalize(mapped, Normalizer.Form.NFKC);
        boolean good =
                !prepared.isEmpty() && prepared.codePoints().noneMatch(SaslPrep::isProhibited) && readsOneWay(prepared);
        return good ? Optional.of(prepared) : Optional.empty();
    }

    /** RFC 3454 table C.1.2; U+200B stands in B.1 too and goes by that. */
    private static boolean isSpace(int c) {
        return c != ' ' && Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    /** RFC 3454 table B.1. */
    private static boolean isMappedToNothing(int c) {
        return switch (c) {
            case 0x00AD, 0x034F, 0x1806, 0x2060, 0xFEFF -> true;
            default -> c >= 0x180B && c <= 0x180D || c >= 0x200B && c <= 0x200D || c >= 0xFE00 && c <= 0xFE0F;
        };
    }

    /** RFC 3454 tables C.2 to C.9. */
    private static boolean isProhibited(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> c >= 0xFFF9 && c <= 0xFFFD || c >= 0x2FF0 && c <= 0x2FFB || c == 0x0340 || c == 0x0341;
        };
    }

    /** RFC 3454 §6: with a right-to-left character, no left-to-right one, and such at both ends. */
    private static boolean readsOneWay(String text) {
        if (text.codePoints().noneMatch(SaslPrep::isRightToLeft)) {
            return true;
        }
        return isRightToLeft(text.codePointAt(0))
                && isRightToLeft(text.codePointBefore(text.length()))
                && text.codePoints()
                        .noneMatch(c -> Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT);
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }
}
