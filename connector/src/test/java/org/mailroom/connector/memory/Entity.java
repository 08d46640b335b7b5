package org.mailroom.connector.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.store.MimePart;

/** A MIME entity by offsets into its message, one char an octet. */
record Entity(String message, int header, int body, int end, List<Entity> inside) {
    static Entity read(String message, int from, int end) {
        int body = message.startsWith("\r\n", from) ? from + 2 : message.indexOf("\r\n\r\n", from) + 4;
        body = body < from + 2 || body > end ? end : body;
        var bare = new Entity(message, from, body, end, List.of());
        if (bare.type().startsWith("multipart/")) {
            return new Entity(message, from, body, end, bare.readParts());
        }
        return bare.type().equals("message/rfc822")
                ? new Entity(message, from, body, end, List.of(read(message, body, end)))
                : bare;
    }

    private List<Entity> readParts() {
        var parts = new ArrayList<Entity>();
        var boundary = "--" + parameter("boundary");
        int start = -1;
        for (int at = body; at < end; ) {
            int next = message.indexOf("\r\n", at);
            next = next < 0 || next >= end ? end : next + 2;
            var line = message.substring(at, next).stripTrailing();
            if (line.equals(boundary) || line.equals(boundary + "--")) {
                if (start >= 0) {
                    parts.add(read(message, start, Math.max(start, at - 2)));
                }
                start = line.equals(boundary) ? next : -1;
            }
            at = next;
        }
        return parts;
    }

    MimePart part() {
        return new MimePart(
                type(),
                encoding(),
                parameter("charset"),
                header,
                body,
                end,
                inside.stream().map(Entity::part).toList());
    }

    String type() {
        var type = field("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() ? "text/plain" : type;
    }

    String encoding() {
        var encoding = field("Content-Transfer-Encoding").toLowerCase(Locale.ROOT);
        return encoding.isEmpty() ? "7bit" : encoding;
    }

    /** Of Content-Type; empty where there is none. */
    String parameter(String name) {
        for (var piece : field("Content-Type").split(";")) {
            var pair = piece.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equalsIgnoreCase(name)) {
                return pair[1].replace("\"", "");
            }
        }
        return "";
    }

    int lines() {
        return (int) message.substring(body, end).chars().filter(c -> c == '\n').count();
    }

    String field(String name) {
        var all = fields(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    /** Unfolded values. */
    List<String> fields(String name) {
        var values = new ArrayList<String>();
        for (var field :
                message.substring(header, body).replaceAll("\r\n(?=[ \t])", "").split("\r\n")) {
            if (field.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                values.add(field.substring(name.length() + 1).strip());
            }
        }
        return values;
    }
}
