package org.mailroom.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * How TLS to one domain went on one day.
 *
 * @param id that no other report has
 * @param submitter our name
 * @param contact an address of ours
 * @param json the report (RFC 8460 §4.4)
 * @param places where the domain wants it
 */
public record TlsReport(
        String domain, LocalDate day, String id, String submitter, String contact, String json, List<String> places) {
    public TlsReport {
        places = List.copyOf(places);
    }

    /** Mail addresses among the places. */
    public List<String> addresses() {
        return places.stream()
                .filter(place -> place.startsWith("mailto:"))
                .map(place -> place.substring("mailto:".length()).replaceAll("[?!].*", ""))
                .toList();
    }

    /** As it is sent (RFC 8460 §5.2). */
    public byte[] compressed() {
        var octets = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(octets)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return octets.toByteArray();
    }

    /** RFC 8460 §5.1. */
    public String fileName() {
        long begin = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        return submitter + "!" + domain + "!" + begin + "!" + (begin + 86_399) + ".json.gz";
    }
}
