package org.mailroom.feedback;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.mailroom.feedback.Received.Kind;
import org.mailroom.feedback.Received.Row;

/** Reads an aggregate report on DMARC (RFC 7489 appendix C, RFC 9990): XML without document type, entities or depth. */
final class DmarcReader {
    private static final int DEEPEST = 20;
    private static final int LONGEST_TEXT = 2000;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_FIELDS = 100;

    // The one of the JDK, whatever else lies on the class path.
    private static final XMLInputFactory XML = XMLInputFactory.newDefaultFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XML.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    }

    private final Deque<String> path = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    /** Of the report. */
    private final Map<String, String> head = new HashMap<>();
    /** Of the record that is being read. */
    private final Map<String, String> record = new HashMap<>();

    private final List<Row> rows = new ArrayList<>();

    private DmarcReader() {}

    static Received read(byte[] xml) throws Unreadable {
        try {
            var reader = XML.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                return new DmarcReader().read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw new Unreadable("it is no XML, or no whole one: "
                    + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }

    private Received read(XMLStreamReader reader) throws XMLStreamException, Unreadable {
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin(reader.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(reader);
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Unreadable("it has a document type or entities, which no report needs");
                default -> {}
            }
        }
        var domain = head.getOrDefault("policy_published/domain", "");
        if (domain.isEmpty()) {
            throw new Unreadable("it is no report on DMARC: it names no domain");
        }
        return new Received(
                Kind.DMARC,
                domain,
                head.getOrDefault("report_metadata/org_name", ""),
                head.getOrDefault("report_metadata/report_id", ""),
                time("report_metadata/date_range/begin"),
                time("report_metadata/date_range/end"),
                rows);
    }

    private void begin(String name) throws Unreadable {
        if (path.isEmpty() && !name.equals("feedback")) {
            throw new Unreadable("it is no report on DMARC: it begins with another element");
        }
        if (path.size() == DEEPEST) {
            throw new Unreadable("it is nested deeper than " + DEEPEST);
        }
        if (name.length() > LONGEST_NAME) {
            throw new Unreadable("the name of an element is longer than " + LONGEST_NAME);
        }
        path.addLast(name);
        text.setLength(0);
    }

    private void text(XMLStreamReader reader) {
        int room = LONGEST_TEXT - text.length();
        if (room > 0) {
            text.append(reader.getTextCharacters(), reader.getTextStart(), Math.min(room, reader.getTextLength()));
        }
    }

    /** Whoever makes up elements fills no memory with them. */
    private static void keep(Map<String, String> fields, String place, String value) {
        if (fields.size() < MOST_FIELDS) {
            fields.putIfAbsent(place, value);
        }
    }

    private void end() throws Unreadable {
        var value = text.toString().strip();
        text.setLength(0);
        var place = String.join("/", path.stream().skip(1).toList());
        path.removeLast();
        if (place.equals("record")) {
            add();
        } else if (place.startsWith("record/auth_results/")) {
            // There may be several; each result stands with the domain before it.
            record.merge("checks", checked(place, value), (before, more) -> cut(before + more));
        } else if (place.startsWith("record/")) {
            keep(record, place.substring("record/".length()), value);
        } else {
            keep(head, place, value);
        }
    }

    /** As in {@code dkim=pass here.test}; the elements come in the order domain, selector, result. */
    private static String checked(String place, String value) {
        var words = place.split("/");
        return switch (words[words.length - 1]) {
            case "domain" -> " " + words[2] + ":" + value;
            case "selector" -> "/" + value;
            case "result" -> "=" + value;
            default -> "";
        };
    }

    private static String cut(String value) {
        return value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT);
    }

    private void add() throws Unreadable {
        if (rows.size() == Received.MOST_ROWS) {
            throw new Unreadable("it has more than " + Received.MOST_ROWS + " records");
        }
        var dkim = record.getOrDefault("row/policy_evaluated/dkim", "");
        var spf = record.getOrDefault("row/policy_evaluated/spf", "");
        rows.add(new Row(
                record.getOrDefault("row/source_ip", ""),
                record.getOrDefault("identifiers/header_from", ""),
                number(record.getOrDefault("row/count", "1")),
                dkim.equals("pass") || spf.equals("pass"),
                record.getOrDefault("row/policy_evaluated/disposition", ""),
                dkim,
                spf,
                record.getOrDefault("checks", "").strip()));
        record.clear();
    }

    private @Nullable Instant time(String place) throws Unreadable {
        var value = head.get(place);
        return value == null || value.isEmpty()
                ? null
                : Instant.ofEpochSecond(Math.min(number(value), 253_402_300_799L));
    }

    private static long number(String text) throws Unreadable {
        if (!text.matches("\\d{1,15}")) {
            throw new Unreadable("what should be a number is \"" + text + "\"");
        }
        return Long.parseLong(text);
    }
}
