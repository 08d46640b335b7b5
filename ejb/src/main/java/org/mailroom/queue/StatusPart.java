package org.mailroom.queue;

import java.time.Instant;
import java.util.List;
import org.mailroom.trace.OneLine;

/**
 * The part of a report that programs read (RFC 3464 §2).
 *
 * @param global whether it may hold characters beyond ASCII (RFC 6533 §4)
 */
record StatusPart(String hostname, Batch batch, List<Notice> notices, boolean global, Instant now) {
    StatusPart {
        notices = List.copyOf(notices);
    }

    ReportText text() {
        var text = new ReportText();
        text.line("Reporting-MTA: dns; " + hostname);
        var envelopeId = batch.parameters().get("ENVID");
        if (envelopeId != null) {
            text.asciiField("Original-Envelope-Id", Xtext.decode(envelopeId));
        }
        text.line("Arrival-Date: " + ReportText.date(batch.created()));
        for (var notice : notices) {
            text.line("");
            recipient(text, notice);
        }
        text.line("");
        return text;
    }

    private void recipient(ReportText text, Notice notice) {
        var original = notice.result().addressee().parameters().get("ORCPT");
        if (original != null) {
            text.field("Original-Recipient", original(original));
        }
        text.field("Final-Recipient", typed(notice.address()));
        text.line("Action: " + notice.action().word());
        text.line("Status: " + ReportText.token(notice.outcome().status()));
        diagnostic(text, notice);
        if (notice.action() == Notice.Action.FAILED || notice.action() == Notice.Action.DELAYED) {
            text.line("Last-Attempt-Date: " + ReportText.date(now));
        }
        if (notice.action() == Notice.Action.DELAYED) {
            text.line("Will-Retry-Until: " + ReportText.date(batch.expires()));
        }
    }

    private static void diagnostic(ReportText text, Notice notice) {
        var outcome = notice.outcome();
        var host = notice.result().host();
        if (outcome.code() > 0 && !host.isEmpty()) {
            text.asciiField("Remote-MTA", "dns; " + host.replaceAll("\\[.*", ""));
            text.asciiField("Diagnostic-Code", "smtp; " + OneLine.of(Bounce.reply(outcome), ReportText.LONGEST_VALUE));
        } else if (!outcome.text().isBlank()) {
            text.asciiField("Diagnostic-Code", "x-mailroom; " + OneLine.of(outcome.text(), ReportText.LONGEST_VALUE));
        }
    }

    /** As it came, with the type before it (RFC 3461 §4.2). */
    private String original(String xtext) {
        var value = Xtext.decode(xtext.replaceFirst(";", "; "));
        return global ? value : value.replaceAll("[^ -~]", "?");
    }

    /** RFC 6533 §3: an address beyond ASCII has a type of its own, and in a part that is ASCII a writing of its own. */
    private String typed(String address) {
        if (ReportText.isAscii(address)) {
            return "rfc822; " + address;
        }
        return "utf-8; " + (global ? address : xtext(address));
    }

    private static String xtext(String address) {
        var xtext = new StringBuilder();
        address.codePoints().forEach(c -> {
            if (c < 0x80) {
                xtext.appendCodePoint(c);
            } else {
                xtext.append(String.format("\\x{%02X}", c));
            }
        });
        return xtext.toString();
    }
}
