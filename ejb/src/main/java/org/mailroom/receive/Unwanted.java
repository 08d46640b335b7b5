package org.mailroom.receive;

import org.mailroom.contract.MailException;

/** A policy will not have the message for what is in it: the answer to the client, with what the trace is told besides. */
final class Unwanted extends Exception {
    private static final long serialVersionUID = 1L;

    private final String queueId;
    private final String rule;
    private final String detail;
    private final MailException answer;

    Unwanted(String queueId, String rule, String detail, MailException answer) {
        // Never seen outside; the answer is thrown in its place.
        super(detail, null, false, false);
        this.queueId = queueId;
        this.rule = rule;
        this.detail = detail;
        this.answer = answer;
    }

    String queueId() {
        return queueId;
    }

    String rule() {
        return rule;
    }

    String detail() {
        return detail;
    }

    MailException answer() {
        return answer;
    }
}
