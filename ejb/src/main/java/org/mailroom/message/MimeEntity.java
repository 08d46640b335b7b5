package org.mailroom.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.MimePart;
import org.mailroom.message.FieldValue.Parameter;

/** One MIME entity while its message is being read: where it begins, what its header says, what it holds. */
final class MimeEntity {
    private static final FieldValue PLAIN =
            new FieldValue("text", "plain", List.of(new Parameter("charset", "us-ascii")));
    private static final FieldValue OPAQUE = new FieldValue("application", "octet-stream", List.of());
    private static final FieldValue MESSAGE = new FieldValue("message", "rfc822", List.of());

    private static final int LONGEST_BOUNDARY = 250;
    private static final int LONGEST_ENCODING = 64;

    final @Nullable MimeEntity parent;
    final int depth;
    final long header;
    long body;
    long end;
    long lines;

    /** How many lines lay before the body. */
    long linesBefore;

    HeaderFields fields = new HeaderFields();
    FieldValue type = PLAIN;
    String encoding = "7bit";

    /** Of a multipart until its closing delimiter; otherwise null. */
    @Nullable
    String boundary;

    final List<MimeEntity> children = new ArrayList<>(2);

    MimeEntity(@Nullable MimeEntity parent, long header) {
        this.parent = parent;
        this.depth = parent == null ? 1 : parent.depth + 1;
        this.header = header;
        this.body = header;
    }

    /** Takes in the header and decides what this is. */
    void understand(HeaderFields found, boolean mayNest) {
        fields = found;
        encoding = encodingOf(found.encoding);
        type = typeOf(found.contentType);
        boolean encoded = encoding.equals("base64") || encoding.equals("quoted-printable");
        if (type.type().equals("multipart")) {
            boundary = boundaryOf(type);
            if (boundary == null) {
                type = PLAIN; // RFC 2045 §5.2: a Content-Type that makes no sense is text/plain
            } else if (!mayNest) {
                type = OPAQUE;
                boundary = null;
            }
        } else if (isMessage() && (encoded || !mayNest)) {
            type = new FieldValue(OPAQUE.type(), OPAQUE.subtype(), type.parameters()); // its octets show no parts
        }
    }

    private FieldValue typeOf(@Nullable String contentType) {
        if (contentType == null) {
            // RFC 2046 §5.1.5: what lies in a digest is a message unless it says otherwise.
            boolean digest = parent != null
                    && parent.isMultipart()
                    && parent.type.subtype().equals("digest");
            return digest ? MESSAGE : PLAIN;
        }
        var said = FieldValue.parse(contentType);
        if (!said.type().isEmpty() && !said.subtype().isEmpty()) {
            return said;
        }
        var subtype = switch (said.type()) {
            case "text" -> "plain";
            case "multipart" -> "mixed";
            default -> "";
        };
        return subtype.isEmpty() ? PLAIN : new FieldValue(said.type(), subtype, said.parameters());
    }

    private static @Nullable String boundaryOf(FieldValue type) {
        var said = type.parameter("boundary");
        if (said == null) {
            return null;
        }
        var boundary = said.stripTrailing();
        return boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY ? null : boundary;
    }

    private static String encodingOf(@Nullable String field) {
        if (field == null) {
            return "7bit";
        }
        int start = Tokens.skip(field, 0);
        int end = Math.min(Tokens.token(field, start), start + LONGEST_ENCODING);
        return end == start ? "7bit" : field.substring(start, end).toLowerCase(Locale.ROOT);
    }

    boolean isMultipart() {
        return type.type().equals("multipart");
    }

    boolean isMessage() {
        return type.type().equals("message")
                && (type.subtype().equals("rfc822") || type.subtype().equals("global"));
    }

    boolean isText() {
        return type.type().equals("text");
    }

    /** Whether an encoding of its body is against the rules (RFC 2045 §6.4), although no parts are seen in it. */
    boolean isSealed() {
        var said = fields.contentType == null
                ? type.type()
                : FieldValue.parse(fields.contentType).type();
        return said.equals("multipart") || said.equals("message") || isMessage();
    }

    MimePart toPart() {
        var charset = isText() ? type.parameter("charset") : null;
        return new MimePart(
                type.type() + '/' + type.subtype(),
                encoding,
                charset == null || fields.contentType == null ? "" : charset,
                header,
                body,
                end,
                children.stream().map(MimeEntity::toPart).toList());
    }
}
