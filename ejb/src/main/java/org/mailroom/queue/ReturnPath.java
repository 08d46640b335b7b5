package org.mailroom.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.mailroom.contract.MessageSource;

/** The first line of every kept message. RFC 5321 §4.4: final delivery adds it, so what is sent on goes without it. */
final class ReturnPath {
    private static final byte[] NAME = "Return-Path:".getBytes(StandardCharsets.US_ASCII);

    /** No reverse path is longer (RFC 5321 §4.5.3.1.3), even where a generous client was let in. */
    private static final int LONGEST = 4096;

    private ReturnPath() {}

    /** Octets of the line with its end, 0 where the text begins otherwise. */
    static int length(byte[] start) {
        if (start.length < NAME.length || !java.util.Arrays.equals(start, 0, NAME.length, NAME, 0, NAME.length)) {
            return 0;
        }
        for (int i = NAME.length; i < start.length; i++) {
            if (start[i] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    /** The message without the line. */
    static MessageSource skipped(MessageSource source) throws IOException {
        int skip;
        try (var in = source.open()) {
            skip = length(in.readNBytes(LONGEST));
        }
        return skip == 0 ? source : new Skipped(source, skip);
    }

    private record Skipped(MessageSource source, int skip) implements MessageSource {
        @Override
        public long size() {
            return source.size() - skip;
        }

        @Override
        public InputStream open() throws IOException {
            var in = source.open();
            try {
                in.skipNBytes(skip);
                return in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
    }
}
