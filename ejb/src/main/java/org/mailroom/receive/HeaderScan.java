package org.mailroom.receive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.mailroom.contract.MessageSource;

/**
 * What must be known of a header before the message is ours. Reads as far as the header goes, and no more than a bound.
 *
 * @param received fields of that name: one a hop
 */
record HeaderScan(int received, boolean hasDate, boolean hasMessageId) {
    private static final int LONGEST_HEADER = 1024 * 1024;
    private static final int LONGEST_NAME = 20;

    static HeaderScan of(MessageSource content) throws IOException {
        try (var in = content.open()) {
            return scan(in);
        }
    }

    private static HeaderScan scan(InputStream in) throws IOException {
        int received = 0;
        boolean hasDate = false;
        boolean hasMessageId = false;
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
                        return new HeaderScan(received, hasDate, hasMessageId);
                    }
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
                            default -> {}
                        }
                    } else if (atName && name.length() < LONGEST_NAME) {
                        name.append((char) c);
                    }
                }
            }
        }
        return new HeaderScan(received, hasDate, hasMessageId);
    }
}
