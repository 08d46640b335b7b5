package org.mailroom.receive;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.mailroom.contract.MessageSource;

/**
 * What must be known of a header before the message is ours. Reads as far as the header goes, and no more than a bound.
 *
 * @param received fields of that name: one a hop
 * @param deliveredTo addresses, in lower case, that sent the message on before
 * @param tlsOptional whether it says {@code TLS-Required: No} (RFC 8689 §3)
 * @param hasResults whether some host has already said what it found (RFC 8601)
 */
record HeaderScan(
        int received,
        boolean hasDate,
        boolean hasMessageId,
        Set<String> deliveredTo,
        boolean tlsOptional,
        boolean hasResults) {
    private static final int LONGEST_HEADER = 1024 * 1024;
    private static final int LONGEST_NAME = 30;
    private static final int LONGEST_ADDRESS = 400;
    private static final int MOST_ADDRESSES = 1000;

    HeaderScan {
        deliveredTo = Set.copyOf(deliveredTo);
    }

    static HeaderScan of(MessageSource content) throws IOException {
        try (var in = content.open()) {
            return scan(in);
        }
    }

    private static HeaderScan scan(InputStream in) throws IOException {
        int received = 0;
        boolean hasDate = false;
        boolean hasMessageId = false;
        var deliveredTo = new HashSet<String>();
        boolean tlsOptional = false;
        boolean hasResults = false;
        var value = new StringBuilder();
        var valued = "";
        var name = new StringBuilder(LONGEST_NAME);
        boolean atName = true;
        int length = 0;
        var buffer = new byte[8192];
        int left = LONGEST_HEADER;
        for (int read; left > 0 && (read = in.read(buffer)) > 0; left -= read) {
            for (int i = 0; i < read; i++) {
                int c = buffer[i];
                if (c == '\n') {
                    if (length == 0) {
                        return new HeaderScan(received, hasDate, hasMessageId, deliveredTo, tlsOptional, hasResults);
                    }
                    if (valued.equals("delivered-to") && deliveredTo.size() < MOST_ADDRESSES) {
                        deliveredTo.add(value.toString().strip().toLowerCase(Locale.ROOT));
                    }
                    tlsOptional |= valued.equals("tls-required")
                            && value.toString().strip().equalsIgnoreCase("no");
                    valued = "";
                    name.setLength(0);
                    atName = true;
                    length = 0;
                } else if (c != '\r') {
                    length++;
                    if (atName && c == ':') {
                        atName = false;
                        var field = name.toString().stripTrailing().toLowerCase(Locale.ROOT);
                        switch (field) {
                            case "received" -> received++;
                            case "date" -> hasDate = true;
                            case "message-id" -> hasMessageId = true;
                            case "authentication-results" -> hasResults = true;
                            case "delivered-to", "tls-required" -> {
                                valued = field;
                                value.setLength(0);
                            }
                            default -> {}
                        }
                    } else if (atName && name.length() < LONGEST_NAME) {
                        name.append((char) c);
                    } else if (!valued.isEmpty() && value.length() < LONGEST_ADDRESS) {
                        value.append((char) (c & 0xff));
                    }
                }
            }
        }
        return new HeaderScan(received, hasDate, hasMessageId, deliveredTo, tlsOptional, hasResults);
    }
}
