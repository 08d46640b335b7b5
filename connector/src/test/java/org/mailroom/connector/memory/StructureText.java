package org.mailroom.connector.memory;

import java.util.Locale;
import java.util.stream.Collectors;

/** BODYSTRUCTURE with extension data of which all but the parameters of a multipart are NIL. */
final class StructureText {
    private StructureText() {}

    static String of(Entity entity) {
        var type = entity.type().toUpperCase(Locale.ROOT).split("/", 2);
        if (type[0].equals("MULTIPART")) {
            return "(" + entity.inside().stream().map(StructureText::of).collect(Collectors.joining()) + " \"" + type[1]
                    + "\" (\"BOUNDARY\" \"" + entity.parameter("boundary") + "\") NIL NIL NIL)";
        }
        var charset = entity.parameter("charset");
        var parameters = !type[0].equals("TEXT")
                ? "NIL"
                : "(\"CHARSET\" \"" + (charset.isEmpty() ? "US-ASCII" : charset.toUpperCase(Locale.ROOT)) + "\")";
        var text = new StringBuilder("(\"")
                .append(type[0])
                .append("\" \"")
                .append(type[1])
                .append("\" ");
        text.append(parameters)
                .append(" NIL NIL \"")
                .append(entity.encoding().toUpperCase(Locale.ROOT))
                .append("\" ");
        text.append(entity.end() - entity.body());
        if (type[0].equals("TEXT")) {
            text.append(' ').append(entity.lines());
        } else if (!entity.inside().isEmpty()) {
            var inner = entity.inside().getFirst();
            text.append(' ')
                    .append(EnvelopeText.of(inner))
                    .append(' ')
                    .append(of(inner))
                    .append(' ')
                    .append(entity.lines());
        }
        return text.append(" NIL NIL NIL NIL)").toString();
    }
}
