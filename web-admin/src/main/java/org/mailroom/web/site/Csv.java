package org.mailroom.web.site;

import jakarta.faces.context.FacesContext;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rows as a file (RFC 4180) that spreadsheets open. */
public final class Csv {
    private Csv() {}

    /** Answers the request with the file instead of the page. */
    public static void send(String name, Stream<List<String>> rows) throws IOException {
        var faces = FacesContext.getCurrentInstance();
        var external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType("text/csv; charset=UTF-8; header=present");
        external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        external.setResponseHeader("X-Content-Type-Options", "nosniff");
        external.setResponseHeader("Cache-Control", "no-store");
        write(rows, external.getResponseOutputStream());
        faces.responseComplete();
    }

    /** Row by row, however many there are. */
    public static void write(Stream<List<String>> rows, OutputStream out) throws IOException {
        var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        for (var row : (Iterable<List<String>>) rows::iterator) {
            writer.write(row.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n");
        }
        writer.flush();
    }

    /** A cell that begins like a formula would be run by a spreadsheet; an apostrophe makes it text. */
    private static String cell(String value) {
        var harmless = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
