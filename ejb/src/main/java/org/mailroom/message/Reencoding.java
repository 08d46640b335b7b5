package org.mailroom.message;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailroom.contract.MessageSource;

/**
 * Puts a message into a form that a plainer transport takes, part by part (RFC 6152 §3, RFC 3030 §3). Parts that fit stay as
 * they are, octet for octet. Memory does not grow with the message: it is read through, once to see, and then once each time
 * it is wanted.
 */
public final class Reencoding {
    /** What the transport takes. */
    public enum Form {
        /** Octets below 128, for hosts without 8BITMIME. */
        SEVEN_BIT,
        /** Lines of any octets but NUL, of at most 998 (RFC 5321 §4.5.3.1.6): all but BINARYMIME. */
        EIGHT_BIT
    }

    private static final int LONGEST_HEADER = 1 << 18;

    private final MessageSource source;
    private final Form form;
    private final List<Reencoded.Segment> segments = new ArrayList<>();
    private long at;

    /** Signed multiparts around what is being looked at. */
    private int sealed;

    private Reencoding(MessageSource source, Form form) {
        this.source = source;
        this.form = form;
    }

    /**
     * The message in that form: itself where it has it. Empty where it may not be changed, because what does not fit is signed
     * (RFC 1847 §2.1), or is of a type that must not be encoded (RFC 2046 §5).
     */
    public static Optional<MessageSource> of(MessageSource source, Form form) throws IOException {
        if (!measure(source).exceeds(form)) {
            return Optional.of(source);
        }
        try {
            var reencoding = new Reencoding(source, form);
            var root = MessageParser.scan(source).root;
            try (var in = source.open()) {
                reencoding.visit(root, new OctetReader(in));
            }
            reencoding.upTo(source.size(), reencoding.outside());
            return Optional.of(new Reencoded(source, reencoding.segments));
        } catch (SealedException e) {
            return Optional.empty();
        }
    }

    /** Whether there is an octet beyond ASCII in the header of the message or of a part, as only SMTPUTF8 lets through. */
    public static boolean hasInternationalHeader(MessageSource source) throws IOException {
        if (!measure(source).exceeds(Form.SEVEN_BIT)) {
            return false;
        }
        try (var in = source.open()) {
            return isInternational(MessageParser.scan(source).root, new OctetReader(in));
        }
    }

    private static boolean isInternational(MimeEntity entity, OctetReader reader) throws IOException {
        if (reader.measure(entity.header, entity.body).exceeds(Form.SEVEN_BIT)) {
            return true;
        }
        for (var child : entity.children) {
            if (isInternational(child, reader)) {
                return true;
            }
        }
        return false;
    }

    private static OctetReader.Measure measure(MessageSource source) throws IOException {
        try (var in = source.open()) {
            return new OctetReader(in).measure(0, source.size());
        }
    }

    private void visit(MimeEntity entity, OctetReader reader) throws IOException, SealedException {
        if (!entity.children.isEmpty()) {
            visitWhole(entity, reader);
            return;
        }
        var measure = reader.measure(entity.body, entity.end);
        boolean encoded = entity.encoding.equals("base64") || entity.encoding.equals("quoted-printable");
        if (encoded || !measure.exceeds(form)) {
            rename(entity);
            upTo(entity.end, outside());
            return;
        }
        if (sealed > 0 || entity.header == entity.body || entity.isSealed()) {
            throw new SealedException();
        }
        boolean readable = entity.isText() && measure.isMostlyAscii();
        header(entity, readable ? "quoted-printable" : "base64");
        upTo(entity.end, readable ? QuotedPrintable::new : Coding.Base64Lines::new);
    }

    /** RFC 2045 §6.4: what has parts is never encoded itself, and says of what kind its parts are. */
    private void visitWhole(MimeEntity entity, OctetReader reader) throws IOException, SealedException {
        rename(entity);
        boolean signed = entity.isMultipart() && entity.type.subtype().equals("signed");
        sealed += signed ? 1 : 0;
        for (var child : entity.children) {
            upTo(child.header, outside());
            visit(child, reader);
        }
        upTo(entity.end, outside());
        sealed -= signed ? 1 : 0;
    }

    /** A part that stays must not call itself more than it is allowed to be. */
    private void rename(MimeEntity entity) throws SealedException {
        boolean eight = entity.encoding.equals("8bit");
        boolean binary = entity.encoding.equals("binary");
        if (sealed == 0 && (binary || (eight && form == Form.SEVEN_BIT))) {
            header(entity, form == Form.SEVEN_BIT ? "7bit" : "8bit");
        } else {
            upTo(entity.body, Coding.Copy::new);
        }
    }

    private void header(MimeEntity entity, String encoding) throws SealedException {
        if (entity.body - entity.header > LONGEST_HEADER) {
            throw new SealedException();
        }
        upTo(entity.header, outside());
        boolean nameless = entity.fields.contentType == null && !encoding.endsWith("bit");
        upTo(entity.body, () -> new EncodingField(encoding, entity.parent == null, nameless));
    }

    /** What lies between parts is for nobody to read. */
    private Coding.Fresh outside() {
        return form == Form.SEVEN_BIT ? Coding.Mask::new : Coding.Copy::new;
    }

    private void upTo(long end, Coding.Fresh coding) {
        if (end > at) {
            segments.add(new Reencoded.Segment(end - at, coding));
            at = end;
        }
    }

    /** It may not be changed. */
    private static final class SealedException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
