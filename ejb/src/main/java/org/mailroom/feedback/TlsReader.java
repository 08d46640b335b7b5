package org.mailroom.feedback;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailroom.feedback.Received.Kind;
import org.mailroom.feedback.Received.Row;

/** Reads a report on TLS (RFC 8460 §4). */
final class TlsReader {
    private static final int DEEPEST = 20;

    /** Octets. The parser makes objects of all of it, so it may be less than there may be of XML. */
    private static final int MOST = 2 << 20;

    /** What the database can keep reaches further, what a clock can mean does not. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private TlsReader() {}

    static Received read(byte[] json) throws Unreadable {
        if (json.length > MOST) {
            throw new Unreadable("it has more than " + (MOST >> 20) + " MB when it is unpacked");
        }
        checkDepth(json);
        try (var reader = Json.createReader(new ByteArrayInputStream(json))) {
            return received(reader.readObject());
        } catch (JsonException | IllegalStateException e) {
            throw new Unreadable("it is no JSON: " + e.getMessage());
        }
    }

    /** Before a parser that calls itself for each level. */
    private static void checkDepth(byte[] json) throws Unreadable {
        int depth = 0;
        boolean quoted = false;
        for (int at = 0; at < json.length; at++) {
            switch (json[at]) {
                case '"' -> quoted = !quoted;
                case '\\' -> at += quoted ? 1 : 0;
                case '{', '[' -> depth += quoted ? 0 : 1;
                case '}', ']' -> depth -= quoted ? 0 : 1;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw new Unreadable("it is nested deeper than " + DEEPEST);
            }
        }
    }

    private static Received received(JsonObject report) throws Unreadable {
        var rows = new ArrayList<Row>();
        var domain = "";
        for (var one : array(report, "policies")) {
            var policy = object(one);
            var published = object(policy.get("policy"));
            domain = domain.isEmpty() ? text(published, "policy-domain") : domain;
            rows(policy, published, rows);
        }
        if (domain.isEmpty()) {
            throw new Unreadable("it is no report on TLS: it names no domain");
        }
        var range = object(report.get("date-range"));
        return new Received(
                Kind.TLS,
                domain,
                text(report, "organization-name"),
                text(report, "report-id"),
                time(range, "start-datetime"),
                time(range, "end-datetime"),
                rows);
    }

    private static void rows(JsonObject policy, JsonObject published, List<Row> rows) throws Unreadable {
        var summary = object(policy.get("summary"));
        var domain = text(published, "policy-domain");
        var type = "policy=" + text(published, "policy-type");
        long good = number(summary, "total-successful-session-count");
        if (good > 0) {
            add(rows, new Row("", domain, good, true, "", "", "", type));
        }
        long failed = number(summary, "total-failure-session-count");
        for (var one : array(policy, "failure-details")) {
            var failure = object(one);
            long count = number(failure, "failed-session-count");
            failed -= count;
            add(
                    rows,
                    new Row(
                            text(failure, "sending-mta-ip"),
                            text(failure, "receiving-mx-hostname"),
                            count,
                            false,
                            text(failure, "result-type"),
                            "",
                            "",
                            type + " " + text(failure, "failure-reason-code") + " "
                                    + text(failure, "additional-information")));
        }
        if (failed > 0) {
            add(rows, new Row("", domain, failed, false, "unspecified", "", "", type));
        }
    }

    private static void add(List<Row> rows, Row row) throws Unreadable {
        if (rows.size() == Received.MOST_ROWS) {
            throw new Unreadable("it has more than " + Received.MOST_ROWS + " rows");
        }
        rows.add(row);
    }

    private static JsonArray array(JsonObject in, String name) {
        return in.get(name) instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
    }

    private static JsonObject object(@Nullable JsonValue value) {
        return value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static String text(JsonObject in, String name) {
        return in.get(name) instanceof JsonString string ? string.getString() : "";
    }

    /** Nobody counts with more digits than that; and with an exponent, they would fill the memory. */
    private static long number(JsonObject in, String name) throws Unreadable {
        if (!(in.get(name) instanceof JsonNumber number)) {
            return 0;
        }
        var value = number.bigDecimalValue();
        if (value.signum() < 0 || value.scale() != 0 || value.precision() > 15) {
            throw new Unreadable("\"" + name + "\" is no number of connections");
        }
        return value.longValueExact();
    }

    private static @Nullable Instant time(JsonObject in, String name) throws Unreadable {
        var written = text(in, name);
        if (written.isEmpty()) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(written).toInstant();
            if (time.isAfter(Instant.EPOCH) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // as one that is out of reach
        }
        throw new Unreadable("\"" + name + "\" is no time");
    }
}
