package org.mailroom.receive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.mailroom.contract.MessageSource;
import org.mailroom.policy.Edits;
import org.mailroom.policy.Header;

/** A message with what policies change in its header. */
final class Edited {
    private Edited() {}

    /** @param lines ours, which nobody takes away; what is added stands below them */
    static Prefixed of(byte[] lines, MessageSource content, Edits edits) throws IOException {
        var above = new Prefixed(lines, edits.removed().isEmpty() ? content : without(content, edits.removed()));
        return edits.added().isEmpty() ? above : above.followedBy(String.join("", edits.added()));
    }

    private static MessageSource without(MessageSource content, List<Edits.Removal> removals) throws IOException {
        var gone = Header.read(content).fields().stream()
                .filter(field -> removals.stream().anyMatch(removal -> removal.matches(field)))
                .toList();
        return gone.isEmpty() ? content : new Without(content, gone);
    }

    /** @param gone in the order in which they stand there; the octets before the end of the last are held in memory */
    private record Without(MessageSource content, List<Header.Field> gone) implements MessageSource {
        @Override
        public long size() {
            return content.size()
                    - gone.stream()
                            .mapToInt(field -> field.end() - field.start())
                            .sum();
        }

        @Override
        public InputStream open() throws IOException {
            var in = content.open();
            try {
                var start = new String(in.readNBytes(gone.getLast().end()), StandardCharsets.ISO_8859_1);
                var kept = new StringBuilder(start);
                for (var field : gone.reversed()) {
                    kept.delete(field.start(), field.end());
                }
                var octets = kept.toString().getBytes(StandardCharsets.ISO_8859_1);
                return new java.io.SequenceInputStream(new ByteArrayInputStream(octets), in);
            } catch (IOException e) {
                in.close();
                throw e;
            }
        }
    }
}
