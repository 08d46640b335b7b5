package org.mailroom.authenticity;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who wrote a message, as its readers see it. */
final class Authors {
    private static final Pattern ANGLE = Pattern.compile("<([^<>]*)>");

    private Authors() {}

    /** The domains in From, each once, lower case, A-labels; an empty one for an address without. */
    static List<String> domains(Header header) {
        return header.all("from").stream()
                .flatMap(field -> List.of(Plain.of(field.unfolded()).split("[,;]")).stream())
                .filter(part -> part.indexOf('@') >= 0 || part.indexOf('<') >= 0)
                .map(Authors::domain)
                .distinct()
                .toList();
    }

    private static String domain(String mailbox) {
        var angle = ANGLE.matcher(mailbox);
        var address = mailbox;
        while (angle.find()) {
            address = angle.group(1); // the last one is the address
        }
        return aLabels(Names.domain(address.strip()));
    }

    private static String aLabels(String domain) {
        var text = new String(domain.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        try {
            return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return domain;
        }
    }
}
