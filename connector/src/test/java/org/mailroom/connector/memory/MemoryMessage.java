package org.mailroom.connector.memory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.mailroom.contract.store.MimePart;

/** Octets and what a small MIME reader finds in them: enough for messages that tests are made of. */
final class MemoryMessage {
    final long id;
    final byte[] octets;
    final Entity root;

    MemoryMessage(long id, byte[] octets) {
        this.id = id;
        this.octets = octets;
        this.root = Entity.read(new String(octets, StandardCharsets.ISO_8859_1), 0, octets.length);
    }

    byte[] header() {
        return Arrays.copyOf(octets, root.body());
    }

    byte[] envelope() {
        return EnvelopeText.of(root).getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] structure() {
        return StructureText.of(root).getBytes(StandardCharsets.ISO_8859_1);
    }

    MimePart parts() {
        return root.part();
    }

    String text(boolean withHeader) {
        int from = withHeader ? 0 : root.body();
        return new String(octets, from, octets.length - from, StandardCharsets.UTF_8);
    }

    List<String> fields(String name) {
        return root.fields(name);
    }

    /** Of the first message that it refers to, or its own. */
    long thread() {
        var ids = references();
        return Math.abs((long) (ids.isEmpty() ? String.valueOf(messageId()) : ids.getFirst()).hashCode());
    }

    String messageId() {
        var field = root.field("Message-ID");
        return field == null ? null : field.strip().replaceAll("^<|>$", "");
    }

    List<String> references() {
        var field = root.field("References") != null ? root.field("References") : root.field("In-Reply-To");
        return field == null
                ? List.of()
                : java.util.regex.Pattern.compile("<([^>]+)>")
                        .matcher(field)
                        .results()
                        .map(m -> m.group(1))
                        .toList();
    }

    String preview() {
        return text(false).strip().replaceAll("\\s+", " ");
    }

    Instant sentAt(Instant otherwise) {
        try {
            return OffsetDateTime.parse(
                            root.field("Date").replaceAll(" *\\(.*\\)", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (RuntimeException none) {
            return otherwise;
        }
    }

    LocalDate sent(Instant otherwise) {
        try {
            return OffsetDateTime.parse(
                            root.field("Date").replaceAll(" *\\(.*\\)", ""), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toLocalDate();
        } catch (RuntimeException none) {
            return LocalDate.ofInstant(otherwise, java.time.ZoneOffset.UTC);
        }
    }
}
