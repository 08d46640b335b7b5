package org.mailroom.web.logbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A line of the log in parts, some of which name what has a page of its own. */
public final class LogText {
    /** Ids as the server makes them, behind the keys that announce them; addresses as it puts them into brackets. */
    private static final Pattern NAMED = Pattern.compile("(?<![\\w-])q=(?<message>[0-9A-Z]{12})(?!\\w)"
            + "|(?<![\\w-])session=(?<session>[0-9a-v]{8})(?!\\w)"
            + "|<(?<address>[^<>@\\s]{1,255}@[^<>@\\s]{1,255})>");

    private LogText() {}

    /** What a part of a line names. */
    public enum Named {
        NOTHING,
        MESSAGE,
        SESSION,
        ADDRESS
    }

    /** A part of a line; all of them together are the line. */
    public record Part(String text, Named named) {}

    static List<Part> parts(String line) {
        var parts = new ArrayList<Part>();
        var found = NAMED.matcher(line);
        int from = 0;
        while (found.find()) {
            for (var named : List.of(Named.MESSAGE, Named.SESSION, Named.ADDRESS)) {
                var group = named.name().toLowerCase(Locale.ROOT);
                if (found.group(group) != null) {
                    parts.add(new Part(line.substring(from, found.start(group)), Named.NOTHING));
                    parts.add(new Part(found.group(group), named));
                    from = found.end(group);
                }
            }
        }
        parts.add(new Part(line.substring(from), Named.NOTHING));
        return parts;
    }
}
