package org.mailroom.queue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.queue.Notice.Action;
import org.mailroom.trace.OneLine;

/**
 * The report that tells a sender what became of his message (RFC 3464 in RFC 6522): first in plain words, then for programs,
 * then what it was about. A message with addresses beyond ASCII is reported in the forms of RFC 6533.
 *
 * @param queueId of the report itself
 * @param hostname ours
 * @param notices the recipients to report
 */
record Bounce(String queueId, String hostname, Batch batch, List<Notice> notices, Returned returned, Instant now) {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_MESSAGE_ID = 300;

    Bounce {
        notices = List.copyOf(notices);
    }

    /** The whole message with CRLF line ends and its Return-Path, which is empty: nobody answers a report. */
    byte[] octets() {
        var boundary = "report_" + queueId;
        var explanation = new Explanation(hostname, batch, notices).text();
        var status = new StatusPart(hostname, batch, notices, isGlobal(), now).text();
        boolean ascii = explanation.isAscii() && status.isAscii() && isAscii(returned.octets());
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(header(boundary, ascii).octets());
        part(octets, boundary, "text/plain; charset=utf-8", explanation.octets());
        part(octets, boundary, "message/" + global("delivery-status"), status.octets());
        part(octets, boundary, returnedType(), returned.octets());
        octets.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return octets.toByteArray();
    }

    private ReportText header(String boundary, boolean ascii) {
        var text = new ReportText();
        text.line("Return-Path: <>");
        text.line("Date: " + ReportText.date(now));
        text.line("From: Mailroom <postmaster@" + hostname + ">");
        text.field("To", "<" + (isGlobal() ? batch.reversePath() : ReportText.token(batch.reversePath())) + ">");
        text.line("Subject: " + subject());
        text.line("Message-ID: <" + queueId + "@" + hostname + ">");
        if (batch.messageId() != null && batch.messageId().length() < LONGEST_MESSAGE_ID) {
            text.line("In-Reply-To: <" + ReportText.token(batch.messageId()) + ">");
        }
        // RFC 3834 §5: so that no vacation program answers.
        text.line("Auto-Submitted: auto-replied");
        text.line("MIME-Version: 1.0");
        text.line("Content-Type: multipart/report; report-type=" + global("delivery-status") + ";");
        text.line("\tboundary=\"" + boundary + "\"");
        text.line("Content-Transfer-Encoding: " + (ascii ? "7bit" : "8bit"));
        text.line("");
        return text;
    }

    private static void part(ByteArrayOutputStream octets, String boundary, String type, byte[] content) {
        var text = new ReportText();
        text.line("--" + boundary);
        text.line("Content-Type: " + type);
        text.line("Content-Transfer-Encoding: " + (isAscii(content) ? "7bit" : "8bit"));
        text.line("");
        octets.writeBytes(text.octets());
        octets.writeBytes(content);
        if (content.length > 0 && content[content.length - 1] != '\n') {
            octets.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** RFC 6533: only for messages that came with SMTPUTF8, whose sender's programs know it. */
    boolean isGlobal() {
        return batch.parameters().containsKey("SMTPUTF8");
    }

    private String global(String type) {
        return isGlobal() ? "global-" + type : type;
    }

    private String returnedType() {
        if (returned.whole()) {
            return isGlobal() ? "message/global" : "message/rfc822";
        }
        return isGlobal() ? "message/global-headers" : "text/rfc822-headers";
    }

    /** A reply as the remote said it: code, status and text, unless the text has them already. */
    static String reply(Outcome outcome) {
        var code = String.valueOf(outcome.code());
        return outcome.code() == 0 || outcome.text().startsWith(code) ? outcome.text() : code + " " + outcome.text();
    }

    private String subject() {
        var about = Objects.requireNonNullElse(batch.subject(), "");
        var text = title() + ": " + (about.isBlank() ? "your message" : OneLine.of(about, LONGEST_SUBJECT));
        // RFC 2047; the name and colon before it count for the first line.
        return EncoderUtil.encodeIfNecessary(text, EncoderUtil.Usage.TEXT_TOKEN, 9)
                .replace("?= =?", "?=\r\n =?");
    }

    /** What is gravest decides. */
    private String title() {
        var gravest =
                notices.stream().map(Notice::action).min(Action::compareTo).orElse(Action.FAILED);
        return switch (gravest) {
            case FAILED -> "Not delivered";
            case DELAYED -> "Delayed";
            case DELIVERED -> "Delivered";
            case RELAYED, EXPANDED -> "Sent on";
        };
    }

    private static boolean isAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }
}
