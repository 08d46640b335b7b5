package org.mailroom.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Renders ENVELOPE (RFC 9051 §7.5.2) and BODYSTRUCTURE with its extension data (§9, body). */
final class StructureText {
    private static final int MOST_LANGUAGES = 32;

    private StructureText() {}

    /** Returns the first From address, or null. */
    static @Nullable String envelope(HeaderFields fields, ImapText out) {
        out.raw('(').nstring(fields.date).space().nstring(fields.subject).space();
        var from = AddressList.write(fields.from, out);
        out.space();
        // RFC 9051 §7.5.2: Sender and Reply-To that are absent or empty are the From.
        AddressList.writeEither(fields.sender, fields.from, out);
        out.space();
        AddressList.writeEither(fields.replyTo, fields.from, out);
        out.space();
        AddressList.write(fields.to, out);
        out.space();
        AddressList.write(fields.cc, out);
        out.space();
        AddressList.write(fields.bcc, out);
        out.space().nstring(fields.inReplyTo).space().nstring(fields.messageId).raw(')');
        return from;
    }

    static void structure(MimeEntity entity, ImapText out) {
        out.raw('(');
        if (entity.isMultipart()) {
            entity.children.forEach(child -> structure(child, out));
            out.space().string(entity.type.subtype()).space();
            entity.type.writeParameters(out);
        } else {
            single(entity, out);
            out.space().nstring(entity.fields.md5);
        }
        out.space();
        disposition(entity.fields.disposition, out);
        out.space();
        language(entity.fields.language, out);
        out.space().nstring(entity.fields.location).raw(')');
    }

    private static void single(MimeEntity entity, ImapText out) {
        out.string(entity.type.type()).space().string(entity.type.subtype()).space();
        entity.type.writeParameters(out);
        out.space().nstring(entity.fields.contentId);
        out.space().nstring(entity.fields.description);
        out.space().string(entity.encoding);
        out.space().number(entity.end - entity.body);
        if (entity.isMessage()) {
            var inside = entity.children.getFirst();
            out.space();
            envelope(inside.fields, out);
            out.space();
            structure(inside, out);
            out.space().number(entity.lines);
        } else if (entity.isText()) {
            out.space().number(entity.lines);
        }
    }

    private static void disposition(@Nullable String field, ImapText out) {
        var value = field == null ? null : FieldValue.parse(field);
        if (value == null || value.type().isEmpty()) {
            out.nil();
            return;
        }
        out.raw('(').string(value.type()).space();
        value.writeParameters(out);
        out.raw(')');
    }

    private static void language(@Nullable String field, ImapText out) {
        var tags = field == null ? List.<String>of() : tags(field);
        switch (tags.size()) {
            case 0 -> out.nil();
            case 1 -> out.string(tags.getFirst());
            default -> {
                char before = '(';
                for (var tag : tags) {
                    out.raw(before).string(tag);
                    before = ' ';
                }
                out.raw(')');
            }
        }
    }

    private static List<String> tags(String field) {
        var tags = new ArrayList<String>(2);
        for (int at = Tokens.skip(field, 0); at < field.length() && tags.size() < MOST_LANGUAGES; ) {
            int end = Tokens.token(field, at);
            if (end > at) {
                tags.add(field.substring(at, end));
            }
            at = Tokens.skip(field, Math.max(end, at + 1));
        }
        return tags;
    }
}
