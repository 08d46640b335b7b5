package org.mailroom.contract.store;

import java.util.List;

/**
 * Where a MIME entity lies in the octets of its message, so that BODY[1.2] needs no parser (RFC 9051 §6.4.5.1).
 *
 * @param type media type, lower case, such as {@code multipart/mixed}
 * @param encoding content transfer encoding, lower case; {@code 7bit} where none is said
 * @param charset of a text part, as it was written; empty where none is said
 * @param header offset of the first octet of the entity's header
 * @param body offset of the first octet after the header's empty line
 * @param end offset after the last octet of the body; the CRLF before a boundary belongs to the boundary
 * @param parts of a multipart in order; of a message/rfc822 or message/global the one entity inside; otherwise empty
 */
public record MimePart(
        String type, String encoding, String charset, long header, long body, long end, List<MimePart> parts) {
    public MimePart {
        parts = List.copyOf(parts);
    }

    public boolean isMultipart() {
        return type.startsWith("multipart/");
    }

    /** Whether the body is a message whose own header and parts can be asked for. */
    public boolean isMessage() {
        return !parts.isEmpty() && !isMultipart();
    }
}
