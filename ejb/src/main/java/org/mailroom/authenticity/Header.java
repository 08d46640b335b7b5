package org.mailroom.authenticity;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mailroom.contract.MessageSource;

/**
 * The header of a message, as far as a bound.
 *
 * @param fields in their order
 * @param length octets up to the body, with the empty line
 * @param whole false where it went beyond the bound: what was signed cannot be told then
 */
record Header(List<Field> fields, long length, boolean whole) {
    private static final int LONGEST = 1024 * 1024;
    private static final int MOST = 5000;

    Header {
        fields = Collections.unmodifiableList(fields);
    }

    static Header of(MessageSource source) throws IOException {
        try (var in = new BufferedInputStream(source.open())) {
            return read(in);
        }
    }

    private static Header read(InputStream in) throws IOException {
        var fields = new ArrayList<Field>();
        var field = new StringBuilder();
        long length = 0;
        for (var line = line(in, LONGEST); !line.isEmpty(); line = line(in, (int) (LONGEST - length))) {
            length += line.length();
            boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (!folded) {
                add(fields, field);
            }
            if (line.equals("\r\n")) {
                return new Header(fields, length, true);
            }
            if (length >= LONGEST || fields.size() >= MOST) {
                return new Header(fields, length, false);
            }
            field.append(line);
        }
        add(fields, field);
        return new Header(fields, length, true);
    }

    private static void add(List<Field> fields, StringBuilder field) {
        if (!field.isEmpty()) {
            int end = field.length();
            while (end > 0 && (field.charAt(end - 1) == '\n' || field.charAt(end - 1) == '\r')) {
                end--;
            }
            fields.add(Field.of(field.substring(0, end)));
            field.setLength(0);
        }
    }

    /** With its CRLF; empty at the end. */
    private static String line(InputStream in, int most) throws IOException {
        var line = new StringBuilder(80);
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            boolean end = c == '\n' && line.length() > 1 && line.charAt(line.length() - 2) == '\r';
            if (end || line.length() >= most) {
                break;
            }
        }
        return line.toString();
    }

    /** From the top down. */
    List<Field> all(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).toList();
    }
}
