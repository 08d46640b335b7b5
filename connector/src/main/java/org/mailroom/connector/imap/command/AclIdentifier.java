package org.mailroom.connector.imap.command;

import java.text.Normalizer;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;

/** Who is meant in an access control list, as a client writes it. */
final class AclIdentifier {
    private static final int LONGEST = 1000;

    private AclIdentifier() {}

    /** Prepared as RFC 4314 §3 asks, so that what looks alike is alike; BAD where nothing, or no text, is left. */
    static String read(Arguments in) throws BadSyntax {
        var identifier = Normalizer.normalize(in.astring("an identifier"), Normalizer.Form.NFKC);
        if (identifier.isBlank()
                || identifier.length() > LONGEST
                || identifier.codePoints().anyMatch(AclIdentifier::isUnfit)) {
            throw new BadSyntax("That can be nobody's name");
        }
        return identifier;
    }

    private static boolean isUnfit(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character) || type == Character.SURROGATE || type == Character.PRIVATE_USE;
    }
}
