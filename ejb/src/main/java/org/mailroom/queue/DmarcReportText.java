package org.mailroom.queue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.mailroom.authenticity.DmarcReport;

/** A report on DMARC as a message (RFC 9990 §3.5). */
record DmarcReportText(DmarcReport report, String queueId, String recipient) {
    byte[] octets() {
        var text = """
                Return-Path: <>
                Date: %s
                From: <%s>
                To: <%s>
                Subject: Report Domain: %s Submitter: %s Report-ID: <%s>
                Message-ID: <%s@%s>
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="dmarc_%s"

                --dmarc_%s
                Content-Type: text/plain; charset=us-ascii

                This is a report on mail that came in one day in the name of
                %s, made by %s.

                --dmarc_%s
                Content-Type: application/gzip
                Content-Transfer-Encoding: base64
                Content-Disposition: attachment;
                \tfilename="%s"

                %s
                --dmarc_%s--
                """.formatted(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)),
                report.contact(),
                recipient,
                report.domain(),
                report.submitter(),
                report.id(),
                queueId,
                report.submitter(),
                queueId,
                queueId,
                report.domain(),
                report.submitter(),
                queueId,
                report.fileName(),
                Base64.getMimeEncoder().encodeToString(report.compressed()).replace("\r\n", "\n"),
                queueId);
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
}
