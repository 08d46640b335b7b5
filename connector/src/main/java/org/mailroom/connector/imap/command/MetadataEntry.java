package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mailroom.connector.imap.parse.Arguments;
import org.mailroom.connector.imap.parse.BadSyntax;

/** Names of annotations (RFC 5464 §3.2). */
final class MetadataEntry {
    private static final int MOST = 100;
    private static final int LONGEST = 500;

    /** Above all entries; no entries themselves. */
    private static final Set<String> SCOPES = Set.of("/private", "/shared");

    private MetadataEntry() {}

    /** In lower case, in which it is kept. */
    static String read(Arguments in) throws BadSyntax {
        return checked(in.astring("the name of an entry").toLowerCase(Locale.ROOT));
    }

    private static String checked(String name) throws BadSyntax {
        if (!name.startsWith("/private/") && !name.startsWith("/shared/")
                || name.length() > LONGEST
                || name.endsWith("/")
                || name.contains("//")
                || name.chars().anyMatch(c -> c < 0x20 || c > 0x7E || c == '*' || c == '%')) {
            throw new BadSyntax("The name of an entry begins with /private/ or /shared/, and is plain ASCII");
        }
        return name;
    }

    /** To read, also a whole scope: one, several in parentheses, or several without, as an example of RFC 5464 §4.4.1 has it. */
    static List<String> several(Arguments in) throws BadSyntax {
        boolean list = in.take('(');
        var names = new ArrayList<String>();
        do {
            var name = in.astring("the name of an entry").toLowerCase(Locale.ROOT);
            names.add(SCOPES.contains(name) ? name : checked(name));
        } while (in.take(' ') && names.size() < MOST);
        if (list) {
            in.expect(')');
        }
        return names;
    }
}
