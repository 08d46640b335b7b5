package org.mailroom.authenticity;

import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report as its readers' programs take it (RFC 9990, appendix A). */
final class DmarcXml {
    private final XMLStreamWriter out;

    private DmarcXml(XMLStreamWriter out) {
        this.out = out;
    }

    /** @param rows of one day and one record, at least one */
    static String of(String id, String submitter, String contact, LocalDate day, List<DmarcRow> rows) {
        var text = new StringWriter();
        try {
            var out = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new DmarcXml(out).report(id, submitter, contact, day, rows);
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private void report(String id, String submitter, String contact, LocalDate day, List<DmarcRow> rows)
            throws XMLStreamException {
        out.writeStartDocument("UTF-8", "1.0");
        out.writeStartElement("feedback");
        out.writeDefaultNamespace("urn:ietf:params:xml:ns:dmarc-2.0");
        element("version", "1.0");
        out.writeStartElement("report_metadata");
        element("org_name", submitter);
        element("email", contact);
        element("report_id", id);
        out.writeStartElement("date_range");
        element("begin", String.valueOf(DmarcReport.begin(day)));
        element("end", String.valueOf(DmarcReport.end(day)));
        out.writeEndElement();
        element("generator", "Mailroom");
        out.writeEndElement();
        policy(rows.getFirst());
        for (var row : rows) {
            record(row);
        }
        out.writeEndElement();
        out.writeEndDocument();
    }

    private void policy(DmarcRow row) throws XMLStreamException {
        out.writeStartElement("policy_published");
        element("domain", row.owner());
        try {
            var record = DmarcRecord.of(row.owner(), row.record());
            element("p", record.wish().word());
            element("sp", record.sp().word());
            element("np", record.np().word());
            element("adkim", record.strictDkim() ? "s" : "r");
            element("aspf", record.strictSpf() ? "s" : "r");
            element("testing", record.testing() ? "y" : "n");
        } catch (MalformedException e) {
            element("p", "none"); // it was cut off in our table
        }
        element("discovery_method", "treewalk");
        out.writeEndElement();
    }

    private void record(DmarcRow row) throws XMLStreamException {
        out.writeStartElement("record");
        out.writeStartElement("row");
        element("source_ip", row.source());
        element("count", String.valueOf(row.messages()));
        out.writeStartElement("policy_evaluated");
        element("disposition", row.disposition());
        element("dkim", row.dkimAligned() ? "pass" : "fail");
        element("spf", row.spfAligned() ? "pass" : "fail");
        if (!row.override().isEmpty()) {
            out.writeStartElement("reason");
            element("type", row.override());
            out.writeEndElement();
        }
        out.writeEndElement();
        out.writeEndElement();
        out.writeStartElement("identifiers");
        element("header_from", row.domain());
        out.writeEndElement();
        results(row);
        out.writeEndElement();
    }

    private void results(DmarcRow row) throws XMLStreamException {
        out.writeStartElement("auth_results");
        for (var signature : row.dkim().lines().toList()) {
            parts("dkim", signature, "selector");
        }
        parts("spf", row.spf(), "scope");
        out.writeEndElement();
    }

    /** Domain, something, and result, as a row has them. */
    private void parts(String name, String text, String second) throws XMLStreamException {
        var words = text.split(" ");
        if (words.length == 3) {
            out.writeStartElement(name);
            element("domain", words[0]);
            element(second, words[1]);
            element("result", words[2]);
            out.writeEndElement();
        }
    }

    private void element(String name, String text) throws XMLStreamException {
        out.writeStartElement(name);
        out.writeCharacters(text);
        out.writeEndElement();
    }
}
