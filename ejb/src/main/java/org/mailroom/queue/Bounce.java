package org.mailroom.queue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.mailroom.contract.relay.Outcome;
import org.mailroom.trace.OneLine;

/**
 * The report that tells a sender who will not get his message (RFC 3464 in RFC 6522): first in plain words, then for programs,
 * then what it was about.
 *
 * @param queueId of the report itself
 * @param hostname ours
 * @param failed the recipients to report
 */
record Bounce(
        String queueId, String hostname, Batch batch, List<Attempt.Result> failed, Returned returned, Instant now) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST_SUBJECT = 200;
    private static final int WIDTH = 76;

    /** RFC 5322 §2.1.1: a line has 998 characters, and a word cannot be folded. */
    private static final int LONGEST_VALUE = 900;

    Bounce {
        failed = List.copyOf(failed);
    }

    /** The whole message with CRLF line ends and its Return-Path, which is empty: nobody answers a report. */
    byte[] octets() {
        var boundary = "report_" + queueId;
        var returnedPart = returned.octets();
        var encoding = isAscii(returnedPart) ? "7bit" : "8bit";
        var text = new StringBuilder();
        line(text, "Return-Path: <>");
        line(text, "Date: " + DATE.format(now));
        line(text, "From: Mailroom <postmaster@" + hostname + ">");
        line(text, "To: <" + header(batch.reversePath()) + ">");
        line(text, "Subject: " + subject());
        line(text, "Message-ID: <" + queueId + "@" + hostname + ">");
        if (batch.messageId() != null && batch.messageId().length() < WIDTH * 4) {
            line(text, "In-Reply-To: <" + header(batch.messageId()) + ">");
        }
        // RFC 3834 §5: so that no vacation program answers.
        line(text, "Auto-Submitted: auto-replied");
        line(text, "MIME-Version: 1.0");
        line(text, "Content-Type: multipart/report; report-type=delivery-status;");
        line(text, "\tboundary=\"" + boundary + "\"");
        line(text, "Content-Transfer-Encoding: 8bit");
        line(text, "");
        line(text, "--" + boundary);
        line(text, "Content-Type: text/plain; charset=utf-8");
        line(text, "Content-Transfer-Encoding: 8bit");
        line(text, "");
        forPeople(text);
        line(text, "--" + boundary);
        line(text, "Content-Type: message/delivery-status");
        line(text, "");
        forPrograms(text);
        line(text, "--" + boundary);
        line(text, "Content-Type: " + (returned.whole() ? "message/rfc822" : "text/rfc822-headers"));
        line(text, "Content-Transfer-Encoding: " + encoding);
        line(text, "");
        var octets = new ByteArrayOutputStream();
        octets.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
        octets.writeBytes(returnedPart);
        octets.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return octets.toByteArray();
    }

    private void forPeople(StringBuilder text) {
        wrapped(
                text,
                "Your message could not be delivered to "
                        + (failed.size() == 1 ? "this recipient." : "these recipients."));
        var subject = batch.subject();
        if (subject != null && !subject.isBlank()) {
            wrapped(text, "It was about: " + OneLine.of(subject, LONGEST_SUBJECT));
        }
        for (var result : failed) {
            var words = PlainWords.of(result.outcome().status(), isExpired(result));
            line(text, "");
            line(text, OneLine.address(result.addressee().address()));
            wrapped(text, "    " + words.why());
            wrapped(text, "    What you can do: " + words.remedy());
            var who = result.host().isEmpty() ? "We found" : result.host() + " said";
            if (!result.outcome().text().isBlank()) {
                wrapped(text, "    " + who + ": " + OneLine.of(reply(result.outcome()), 500));
            }
        }
        line(text, "");
        wrapped(
                text,
                "We will not try again. This report was made by " + hostname + ", which keeps a record of the"
                        + " message under the number " + batch.queueId()
                        + "; your administrator can look it up there.");
        line(text, "");
    }

    private static boolean isExpired(Attempt.Result result) {
        return result.outcome().kind() != Outcome.Kind.FAILED;
    }

    private void forPrograms(StringBuilder text) {
        line(text, "Reporting-MTA: dns; " + hostname);
        var envelopeId = batch.parameters().get("ENVID");
        if (envelopeId != null) {
            field(text, "Original-Envelope-Id", Xtext.decode(envelopeId));
        }
        line(text, "Arrival-Date: " + DATE.format(batch.created()));
        for (var result : failed) {
            line(text, "");
            var original = result.addressee().parameters().get("ORCPT");
            if (original != null) {
                field(
                        text,
                        "Original-Recipient",
                        original.replaceFirst(";", "; ").transform(Xtext::decode));
            }
            field(text, "Final-Recipient", typed(result.addressee().address()));
            line(text, "Action: failed");
            line(text, "Status: " + header(result.outcome().status()));
            if (result.outcome().code() > 0 && !result.host().isEmpty()) {
                field(text, "Remote-MTA", "dns; " + result.host().replaceAll("\\[.*", ""));
                field(text, "Diagnostic-Code", "smtp; " + OneLine.of(reply(result.outcome()), LONGEST_VALUE));
            } else {
                field(
                        text,
                        "Diagnostic-Code",
                        "x-mailroom; " + OneLine.of(result.outcome().text(), LONGEST_VALUE));
            }
            line(text, "Last-Attempt-Date: " + DATE.format(now));
        }
        line(text, "");
    }

    /** RFC 6533 §3: an address beyond ASCII in a report that is ASCII. */
    private static String typed(String address) {
        if (isAscii(address.getBytes(StandardCharsets.UTF_8))) {
            return "rfc822; " + address;
        }
        var xtext = new StringBuilder("utf-8; ");
        address.codePoints().forEach(c -> {
            if (c < 0x80) {
                xtext.appendCodePoint(c);
            } else {
                xtext.append(String.format("\\x{%02X}", c));
            }
        });
        return xtext.toString();
    }

    /** A reply as the remote said it: code, status and text, unless the text has them already. */
    static String reply(Outcome outcome) {
        var code = String.valueOf(outcome.code());
        return outcome.code() == 0 || outcome.text().startsWith(code) ? outcome.text() : code + " " + outcome.text();
    }

    private String subject() {
        var about = batch.subject() == null ? "" : batch.subject();
        var text = "Not delivered: " + (about.isBlank() ? "your message" : OneLine.of(about, LONGEST_SUBJECT));
        // RFC 2047; the name and colon before it count for the first line.
        return EncoderUtil.encodeIfNecessary(text, EncoderUtil.Usage.TEXT_TOKEN, 9)
                .replace("?= =?", "?=\r\n =?");
    }

    /** What may stand in a header field. */
    private static String header(String text) {
        return OneLine.of(text, 900).replaceAll("[^\\x21-\\x7e]", "?");
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** A field of ASCII, folded where it is long (RFC 5322 §2.2.3). */
    private static void field(StringBuilder text, String name, String value) {
        var clean = cut(value, LONGEST_VALUE).replaceAll("[^ -~]", "?");
        var folded = new StringBuilder(name + ":");
        int width = folded.length();
        for (var word : clean.split(" ")) {
            if (width + 1 + word.length() > WIDTH && width > name.length() + 1) {
                folded.append("\r\n");
                width = 0;
            }
            folded.append(' ').append(word);
            width += 1 + word.length();
        }
        line(text, folded.toString());
    }

    private static void wrapped(StringBuilder text, String paragraph) {
        var indent = paragraph.startsWith("    ") ? "    " : "";
        var current = new StringBuilder(indent);
        for (var word : paragraph.strip().split(" ")) {
            if (current.length() + 1 + word.length() > WIDTH && current.length() > indent.length()) {
                line(text, current.toString());
                current = new StringBuilder(indent);
            }
            current.append(current.length() > indent.length() ? " " : "").append(word);
        }
        line(text, current.toString());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append("\r\n");
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
