package org.mailroom.queue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.mailroom.transport.TlsReport;

/** A TLS report as a message (RFC 8460 §5.3). */
record TlsReportText(TlsReport report, String queueId, String recipient) {
    byte[] octets() {
        var boundary = "tlsrpt_" + queueId;
        var text = """
                Return-Path: <>
                Date: %s
                From: <%s>
                To: <%s>
                Subject: Report Domain: %s Submitter: %s Report-ID: <%s>
                Message-ID: <%s@%s>
                TLS-Report-Domain: %s
                TLS-Report-Submitter: %s
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type="tlsrpt";
                \tboundary="%s"

                --%s
                Content-Type: text/plain; charset=us-ascii

                This is a report on the TLS connections of one day, made by
                %s for %s.

                --%s
                Content-Type: application/tlsrpt+gzip
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment;
                \tfilename="%s"

                %s
                --%s--
                """.formatted(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)),
                report.contact(),
                recipient,
                report.domain(),
                report.submitter(),
                report.id(),
                queueId,
                report.submitter(),
                report.domain(),
                report.submitter(),
                boundary,
                boundary,
                report.submitter(),
                report.domain(),
                boundary,
                report.fileName(),
                Base64.getMimeEncoder().encodeToString(report.compressed()).replace("\r\n", "\n"),
                boundary);
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
