package org.mailroom.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mailroom.contract.relay.Outcome;

/**
 * What a sender may want to hear about one recipient.
 *
 * @param result how it came about
 */
record Notice(Action action, Attempt.Result result) {
    /** What became of the message (RFC 3464 §2.3.3); the gravest first. */
    enum Action {
        FAILED,
        /** Not delivered yet, and still tried. */
        DELAYED,
        /** In a mailbox, or with a list. */
        DELIVERED,
        /** Taken by a host that reports nothing. */
        RELAYED,
        /** Sent on to several, of whom nothing more is told unless it fails. */
        EXPANDED;

        /** As RFC 3464 writes it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether a sender with this NOTIFY wants to hear of it (RFC 3461 §4.1); empty where he did not say. */
        boolean isWanted(String notify) {
            var wishes = List.of(notify.toUpperCase(Locale.ROOT).split(",", -1));
            return switch (this) {
                case FAILED -> notify.isEmpty() || wishes.contains("FAILURE");
                // §4.1 leaves it to us where nothing was said, and people want to know.
                case DELAYED -> notify.isEmpty() || wishes.contains("DELAY");
                case DELIVERED, RELAYED, EXPANDED -> wishes.contains("SUCCESS");
            };
        }
    }

    /** All that could be told of an attempt, wanted or not. */
    static List<Notice> of(Judgement judgement) {
        var notices = new ArrayList<Notice>();
        judgement.failed().forEach(result -> notices.add(new Notice(Action.FAILED, result)));
        judgement.delayed().forEach(result -> notices.add(new Notice(Action.DELAYED, result)));
        // RFC 3461 §6.2.1: a host that offers DSN has taken over the duty to report.
        judgement.sent().stream()
                .filter(result -> !result.dsn())
                .forEach(result -> notices.add(new Notice(Action.RELAYED, result)));
        return notices;
    }

    /** Of mail that came to a mailbox of ours after all. */
    static List<Notice> delivered(List<Attempt.Result> results) {
        return results.stream()
                .map(result -> new Notice(Action.DELIVERED, result))
                .toList();
    }

    boolean isWanted() {
        return action.isWanted(result.addressee().parameters().getOrDefault("NOTIFY", ""));
    }

    String address() {
        return result.addressee().address();
    }

    Outcome outcome() {
        return result.outcome();
    }

    /** Whether it failed for want of time and not because somebody said no. */
    boolean isExpired() {
        return outcome().kind() != Outcome.Kind.FAILED;
    }
}
