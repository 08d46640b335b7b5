package org.mailroom.authenticity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * What came in one day in the name of a domain, for its owner (RFC 9990).
 *
 * @param domain whose record it was
 * @param id that no other report has
 * @param submitter our name
 * @param contact an address of ours
 * @param xml the report
 * @param addresses who wants it
 */
public record DmarcReport(
        String domain, LocalDate day, String id, String submitter, String contact, String xml, List<String> addresses) {
    public DmarcReport {
        addresses = List.copyOf(addresses);
    }

    static long begin(LocalDate day) {
        return day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    static long end(LocalDate day) {
        return begin(day) + 86_399;
    }

    /** As it is sent. */
    public byte[] compressed() {
        var octets = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(octets)) {
            gzip.write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    /** RFC 9990 §3.5.1. */
    public String fileName() {
        return submitter + "!" + domain + "!" + begin(day) + "!" + end(day) + ".xml.gz";
    }
}
