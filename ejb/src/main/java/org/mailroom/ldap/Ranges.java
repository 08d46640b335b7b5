package org.mailroom.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Attributes with more values than a server hands out at a time: {@code member;range=0-1499} (MS-ADTS §3.1.1.3.1.3.3). */
final class Ranges {
    private static final Pattern NAME = Pattern.compile("([^;]+);(?:range|RANGE|Range)=([0-9]{1,9})-([0-9]{1,9}|\\*)");
    private static final int MOST_VALUES = 1_000_000;
    private static final int LAST = -1;

    private final LdapServers servers;

    Ranges(LdapServers servers) {
        this.servers = servers;
    }

    /** Some of an attribute's values: from the first number to the last, or to {@link #LAST}. */
    private record Part(String name, int from, int to, List<String> values) {
        static Optional<Part> of(Attribute attribute) {
            var name = NAME.matcher(attribute.getName());
            return name.matches()
                    ? Optional.of(new Part(
                            name.group(1),
                            Integer.parseInt(name.group(2)),
                            name.group(3).equals("*") ? LAST : Integer.parseInt(name.group(3)),
                            List.of(attribute.getValues())))
                    : Optional.empty();
        }
    }

    /** With all values; an answer that breaks off is none. */
    Entry whole(Entry entry) throws NoAnswer {
        var whole = entry;
        for (var attribute : entry.getAttributes()) {
            var first = Part.of(attribute);
            if (first.isPresent()) {
                whole = whole.duplicate();
                whole.removeAttribute(attribute.getName());
                whole.setAttribute(first.get().name, values(entry.getDN(), first.get()));
            }
        }
        return whole;
    }

    private List<String> values(String dn, Part first) throws NoAnswer {
        var values = new ArrayList<>(first.values);
        var part = first;
        while (part.to != LAST) {
            part = next(dn, part);
            values.addAll(part.values);
            if (values.size() > MOST_VALUES) {
                throw new NoAnswer("an entry has more than " + MOST_VALUES + " values of " + first.name);
            }
        }
        return values;
    }

    private Part next(String dn, Part part) throws NoAnswer {
        int from = part.to + 1;
        var entry = servers.entry(dn, part.name + ";range=" + from + "-*");
        return entry.stream()
                .flatMap(found -> found.getAttributes().stream())
                .flatMap(attribute -> Part.of(attribute).stream())
                .filter(next -> next.name.equalsIgnoreCase(part.name) && next.from == from)
                .filter(next -> next.to == LAST || next.to >= from)
                .findFirst()
                .orElseThrow(() -> new NoAnswer("the values of " + part.name + " break off at " + from));
    }
}
