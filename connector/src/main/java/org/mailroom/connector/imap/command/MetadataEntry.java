package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;

/** Names of annotations (RFC 5464 §3.2). */
final class MetadataEntry {
    private static final int MOST = 100;
    private static final int LONGEST = 500;

    private MetadataEntry() {}

    /** In lower case, in which it is kept. */
    static String read(Arguments in) throws BadSyntax {
        var name = in.astring("the name of an entry").toLowerCase(Locale.ROOT);
        if (!name.startsWith("/private/") && !name.startsWith("/shared/")
                || name.length() > LONGEST
                || name.endsWith("/")
                || name.contains("//")
                || name.chars().anyMatch(c -> c <= 0x19 || c > 0x7E || c == '*' || c == '%')) {
            throw new BadSyntax("The name of an entry begins with /private/ or /shared/, and is plain ASCII");
        }
        return name;
    }

    /** One, several in parentheses, or several without, as an example of RFC 5464 §4.4.1 has it. */
    static List<String> several(Arguments in) throws BadSyntax {
        boolean list = in.take('(');
        var names = new ArrayList<String>();
        do {
            names.add(read(in));
        } while (in.take(' ') && names.size() < MOST);
        if (list) {
            in.expect(')');
        }
        return names;
    }
}
