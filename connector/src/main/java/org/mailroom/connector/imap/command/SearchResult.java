package org.mailroom.connector.imap.command;

import org.mailroom.connector.imap.command.ReturnOptions.Option;
import org.mailroom.connector.imap.session.ImapSession;

/**
 * Tells what was found.
 *
 * @param numbers as the command names messages, in the order of the result
 * @param modseq the highest of what is told, or 0 where nobody asked (RFC 7162 §3.1.5)
 */
@SuppressWarnings("ArrayRecordComponent") // made for one answer
record SearchResult(Messages messages, long[] numbers, long modseq) {
    /** As RFC 3501 §7.2.5 and RFC 5256 §4 have it. */
    void tellAll(ImapSession session, String response) {
        var text = new StringBuilder("* ").append(response);
        for (long number : numbers) {
            text.append(' ').append(number);
            if (text.length() > 4000) {
                session.connection().write(text.toString());
                text.setLength(0);
            }
        }
        text.append(modseq > 0 ? " (MODSEQ " + modseq + ")" : "");
        session.connection().write(text.append("\r\n").toString());
    }

    /** As RFC 9051 §7.3.4 has it. */
    void tell(ImapSession session, ReturnOptions asked) {
        if (asked.tells()) {
            session.untagged("ESEARCH (TAG \"" + session.tag() + "\")" + items(asked));
        }
    }

    /** What follows the correlator. */
    String items(ReturnOptions asked) {
        var text = new StringBuilder(messages == Messages.BY_UID ? " UID" : "");
        for (var option : asked.options()) {
            switch (option) {
                case MIN -> some(text, option, 0, 1);
                case MAX -> some(text, option, numbers.length - 1, numbers.length);
                case ALL -> some(text, option, 0, numbers.length);
                case COUNT -> text.append(" COUNT ").append(numbers.length);
                case PARTIAL -> partial(text, asked);
                case RELEVANCY -> relevancy(text);
                case SAVE -> {}
            }
        }
        return text.append(modseq > 0 ? " MODSEQ " + modseq : "").toString();
    }

    /** RFC 4731 §3.1: without a match only COUNT is told. */
    private void some(StringBuilder text, Option option, int from, int to) {
        if (numbers.length > 0) {
            text.append(' ').append(option).append(' ');
            set(text, from, to);
        }
    }

    private void partial(StringBuilder text, ReturnOptions asked) {
        var range = java.util.Objects.requireNonNull(asked.partial());
        int from = range.from(numbers.length);
        int to = range.to(numbers.length);
        text.append(" PARTIAL (").append(range).append(' ');
        if (from == to) {
            text.append("NIL");
        } else {
            set(text, from, to);
        }
        text.append(')');
    }

    /** RFC 6203 §4: a message either has all the words or is not found, so all are alike. */
    private void relevancy(StringBuilder text) {
        if (numbers.length > 0) {
            text.append(" RELEVANCY (")
                    .append("100 ".repeat(numbers.length).strip())
                    .append(')');
        }
    }

    /** Neighbours in ascending order become a range; the order of a SORT stays what it is (RFC 5267 §3). */
    private void set(StringBuilder text, int from, int to) {
        for (int at = from; at < to; ) {
            int last = at;
            while (last + 1 < to && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            text.append(at > from ? "," : "").append(numbers[at]);
            if (last > at) {
                text.append(':').append(numbers[last]);
            }
            at = last + 1;
        }
    }
}
