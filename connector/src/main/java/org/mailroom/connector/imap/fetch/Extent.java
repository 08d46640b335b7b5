package org.mailroom.connector.imap.fetch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.connector.imap.parse.FetchItem.Partial;
import org.mailroom.connector.imap.parse.Section;
import org.mailroom.contract.store.MimePart;

/**
 * Where octets lie in a message.
 *
 * @param to after the last
 */
record Extent(long from, long to) {
    long length() {
        return to - from;
    }

    /** Octets first to first + count, as far as there are any (RFC 9051 §6.4.5). */
    Extent part(@Nullable Partial partial) {
        if (partial == null) {
            return this;
        }
        long first = from + Math.min(partial.first(), length());
        return new Extent(first, first + Math.min(partial.count(), to - first));
    }

    /**
     * The octets that a section means, for HEADER.FIELDS those of the whole header; null where the message has no such part.
     *
     * @param size of the message
     */
    static @Nullable Extent of(Section section, MimePart message, long size) {
        if (section.path().isEmpty()) {
            return switch (section.kind()) {
                case CONTENT -> new Extent(0, size);
                case TEXT -> new Extent(message.body(), size);
                case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT, MIME -> header(message);
            };
        }
        var part = find(section.path(), message);
        if (part == null) {
            return null;
        }
        return switch (section.kind()) {
            case CONTENT -> body(part);
            case MIME -> header(part);
            // RFC 9051 §6.4.5.1: of a part these mean the message that it holds, if it holds one.
            case TEXT -> part.isMessage() ? body(part.parts().getFirst()) : null;
            case HEADER, HEADER_FIELDS, HEADER_FIELDS_NOT ->
                part.isMessage() ? header(part.parts().getFirst()) : null;
        };
    }

    /** The part with these numbers; null where there is none. */
    static @Nullable MimePart find(List<Integer> path, MimePart message) {
        var level = parts(message);
        MimePart part = null;
        for (int number : path) {
            if (number > level.size()) {
                return null;
            }
            part = level.get(number - 1);
            level = part.isMultipart()
                    ? part.parts()
                    : part.isMessage() ? parts(part.parts().getFirst()) : List.of();
        }
        return part;
    }

    /** RFC 9051 §6.4.5.1: every message has at least one part; that of one without MIME is its body. */
    private static List<MimePart> parts(MimePart message) {
        return message.isMultipart() ? message.parts() : List.of(message);
    }

    private static Extent header(MimePart part) {
        return new Extent(part.header(), part.body());
    }

    private static Extent body(MimePart part) {
        return new Extent(part.body(), part.end());
    }
}
