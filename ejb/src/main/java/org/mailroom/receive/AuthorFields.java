package org.mailroom.receive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.AddressList;

/**
 * Who a message says has written and sent it (RFC 5322 §3.6.2).
 *
 * @param from the addresses of each From field, of which there should be one
 * @param sender the same of Sender
 */
record AuthorFields(List<List<String>> from, List<List<String>> sender) {
    private static final int LONGEST_HEADER = 1024 * 1024;
    private static final int LONGEST_FIELD = 64 * 1024;

    /** A field that names nobody, in place of what is too long to be read. */
    private static final String UNREAD = "From:";

    AuthorFields {
        from = List.copyOf(from);
        sender = List.copyOf(sender);
    }

    static AuthorFields of(MessageSource content) throws IOException {
        var from = new ArrayList<List<String>>();
        var sender = new ArrayList<List<String>>();
        for (var field : fields(content)) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                var value = field.substring(colon + 1);
                switch (field.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
                    case "from" -> from.add(AddressList.addresses(value));
                    case "sender" -> sender.add(AddressList.addresses(value));
                    default -> {}
                }
            }
        }
        return new AuthorFields(from, sender);
    }

    /** The header's fields, unfolded. One that is too long names nobody, and so does a header. */
    private static List<String> fields(MessageSource content) throws IOException {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        try (var in = new BufferedReader(new InputStreamReader(content.open(), StandardCharsets.UTF_8))) {
            int read = 0;
            for (var line = in.readLine();
                    line != null && !line.isEmpty() && read < LONGEST_HEADER;
                    line = in.readLine()) {
                read += line.length() + 2;
                boolean folded = line.charAt(0) == ' ' || line.charAt(0) == '\t';
                if (!folded) {
                    fields.add(field.toString());
                    field.setLength(0);
                }
                field.append(line);
                if (field.length() > LONGEST_FIELD) {
                    field.setLength(0);
                    field.append(UNREAD);
                }
            }
            fields.add(read < LONGEST_HEADER ? field.toString() : UNREAD);
        }
        return fields;
    }
}
