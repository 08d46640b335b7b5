package org.mailroom.queue;

import java.util.List;
import org.mailroom.queue.Notice.Action;
import org.mailroom.trace.OneLine;

/** The part of a report that people read, first and in plain words: what happened, and what they can do. */
record Explanation(String hostname, Batch batch, List<Notice> notices) {
    private static final int LONGEST_SUBJECT = 200;
    private static final int LONGEST_REPLY = 500;

    Explanation {
        notices = List.copyOf(notices);
    }

    ReportText text() {
        var text = new ReportText();
        var subject = batch.subject();
        if (subject != null && !subject.isBlank()) {
            text.wrapped("This is about your message: " + OneLine.of(subject, LONGEST_SUBJECT));
            text.line("");
        }
        for (var action : Action.values()) {
            var those =
                    notices.stream().filter(notice -> notice.action() == action).toList();
            if (!those.isEmpty()) {
                section(text, action, those);
            }
        }
        text.wrapped("This report was made by " + hostname + ", which keeps a record of the message under the number "
                + batch.queueId() + "; your administrator can look it up there.");
        text.line("");
        return text;
    }

    private void section(ReportText text, Action action, List<Notice> those) {
        text.wrapped(opening(action, those.size() == 1));
        for (var notice : those) {
            text.line("");
            text.line(OneLine.address(notice.address()));
            switch (action) {
                case FAILED -> failure(text, notice);
                case DELAYED -> reply(text, notice);
                case DELIVERED, RELAYED, EXPANDED -> {}
            }
        }
        text.line("");
    }

    private String opening(Action action, boolean one) {
        return switch (action) {
            case FAILED ->
                "It could not be delivered to " + (one ? "this recipient" : "these recipients")
                        + ", and we will not try again:";
            case DELAYED ->
                "It has not reached " + (one ? "this recipient" : "these recipients") + " yet. We keep trying until "
                        + ReportText.date(batch.expires())
                        + " and tell you if it fails for good; you need not send it again:";
            case DELIVERED -> "It has been delivered to " + (one ? "this recipient:" : "these recipients:");
            case RELAYED ->
                "It was handed over to the mail system of " + (one ? "this recipient" : "these recipients")
                        + ", which does not tell us of its delivery. You will hear no more of it, unless it fails:";
            case EXPANDED ->
                "It was sent on to the several recipients behind " + (one ? "this address" : "these addresses")
                        + ". You will hear no more of it, unless it fails:";
        };
    }

    private static void failure(ReportText text, Notice notice) {
        var words = PlainWords.of(notice.outcome().status(), notice.isExpired());
        text.wrapped("    " + words.why());
        text.wrapped("    What you can do: " + words.remedy());
        reply(text, notice);
    }

    private static void reply(ReportText text, Notice notice) {
        var outcome = notice.outcome();
        var host = notice.result().host();
        if (!outcome.text().isBlank()) {
            text.wrapped("    " + (host.isEmpty() ? "We found" : host + " said") + ": "
                    + OneLine.of(Bounce.reply(outcome), LONGEST_REPLY));
        }
    }
}
