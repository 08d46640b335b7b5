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
 */
record HeaderScan(int received, boolean hasDate, boolean hasMessageId, Set<String> deliveredTo) {
    private static final int LONGEST_HEADER = 1024 * 1024;
    private static final int LONGEST_NAME = 20;
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
        var address = new StringBuilder();
        boolean inAddress = false;
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
                        return new HeaderScan(received, hasDate, hasMessageId, deliveredTo);
                    }
                    if (inAddress && deliveredTo.size() < MOST_ADDRESSES) {
                        deliveredTo.add(address.toString().strip().toLowerCase(Locale.ROOT));
                    }
                    inAddress = false;
                    name.setLength(0);
                    atName = true;
                    length = 0;
                } else if (c != '\r') {
                    length++;
                    if (atName && c == ':') {
                        atName = false;
                        switch (name.toString().stripTrailing().toLowerCase(Locale.ROOT)) {
                            case "received" -> received++;
                            case "date" -> hasDate = true;
                            case "message-id" -> hasMessageId = true;
                            case "delivered-to" -> {
                                inAddress = true;
                                address.setLength(0);
                            }
                            default -> {}
                        }
                    } else if (atName && name.length() < LONGEST_NAME) {
                        name.append((char) c);
                    } else if (inAddress && address.length() < LONGEST_ADDRESS) {
                        address.append((char) (c & 0xff));
                    }
                }
            }
        }
        return new HeaderScan(received, hasDate, hasMessageId, deliveredTo);
    }
}
