package org.mailroom.receive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mailroom.contract.MessageSource;
import org.mailroom.message.MessageParser;
import org.mailroom.message.ParsedMessage;

/** An {@link Onward} with its message, ready to be kept. */
record Copy(Onward onward, ParsedMessage parsed, MessageSource source) {
    /**
     * @param source the message as it is kept for its own recipients
     * @param reversePath that stands in its first line
     * @param marks of ours that go with it through the queue
     */
    static List<Copy> of(List<Onward> onward, MessageSource source, String reversePath, Map<String, String> marks) {
        int skip = octets(ReceivedField.returnPath(reversePath)).length;
        var copies = new ArrayList<Copy>();
        for (var one : onward) {
            var lines = ReceivedField.returnPath(one.reversePath()) + one.fields();
            var copy = new Prefixed(octets(lines), new Rest(source, skip));
            copies.add(new Copy(one.marked(marks), MessageParser.parse(copy), copy));
        }
        return copies;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A message without its first octets. */
    private record Rest(MessageSource source, int skip) implements MessageSource {
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
