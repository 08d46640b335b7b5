package org.mailroom.sendmail;

import java.util.ArrayList;
import java.util.List;

/** The addresses in a field such as To (RFC 5322 §3.4): names, comments and group syntax fall away. */
final class Addresses {
    private final List<String> found = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private String angle = "";

    private Addresses() {}

    static List<String> of(String field) {
        var addresses = new Addresses();
        addresses.read(field);
        return addresses.found;
    }

    private void read(String field) {
        int comment = 0;
        boolean quoted = false;
        int inAngle = -1;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && (quoted || comment > 0)) {
                i++;
                if (quoted && comment == 0 && i < field.length()) {
                    plain.append(c).append(field.charAt(i));
                }
            } else if (c == '"' && comment == 0) {
                quoted = !quoted;
                plain.append(c);
            } else if (quoted) {
                plain.append(c);
            } else if (c == '(') {
                comment++;
            } else if (c == ')' && comment > 0) {
                comment--;
            } else if (comment > 0) {
                continue;
            } else if (c == '<') {
                plain.setLength(0);
                inAngle = i;
            } else if (c == '>' && inAngle >= 0) {
                angle = plain.toString();
                inAngle = -1;
            } else if (inAngle < 0 && (c == ',' || c == ';')) {
                end();
            } else if (inAngle < 0 && c == ':') {
                plain.setLength(0); // the name of a group
            } else {
                plain.append(c);
            }
        }
        end();
    }

    private void end() {
        var address = (angle.isEmpty() ? plain.toString() : angle).strip();
        // RFC 5321 §4.1.2: a source route is passed over.
        if (address.startsWith("@") && address.contains(":")) {
            address = address.substring(address.indexOf(':') + 1);
        }
        if (!address.isEmpty()) {
            found.add(address);
        }
        plain.setLength(0);
        angle = "";
    }
}
