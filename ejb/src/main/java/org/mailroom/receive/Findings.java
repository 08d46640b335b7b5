package org.mailroom.receive;

import java.util.List;
import java.util.stream.Collectors;
import org.mailroom.content.ContentVerdict;
import org.mailroom.contract.MailException;
import org.mailroom.contract.Reason;

/** What was said of the content of a message that is taken. */
record Findings(List<ContentVerdict> verdicts) {
    static final Findings NONE = new Findings(List.of());

    Findings {
        verdicts = List.copyOf(verdicts);
    }

    /** Throws where one of them will not have it. */
    static Findings of(List<ContentVerdict> verdicts, String queueId) throws Unwanted {
        for (var verdict : verdicts) {
            switch (verdict) {
                case ContentVerdict.Accept _, ContentVerdict.Junk _ -> {}
                case ContentVerdict.Refuse(var rule, var detail, var text) ->
                    throw new Unwanted(queueId, rule, detail, new MailException(Reason.POLICY, text));
                case ContentVerdict.Defer(var rule, var detail, var text) ->
                    throw new Unwanted(queueId, rule, detail, new MailException(Reason.NOT_YET, text));
            }
        }
        return new Findings(verdicts);
    }

    boolean isJunk() {
        return verdicts.stream().anyMatch(ContentVerdict.Junk.class::isInstance);
    }

    /** The header field that tells the user's programs why it is junk. */
    String field() {
        return verdicts.stream()
                .filter(ContentVerdict.Junk.class::isInstance)
                .map(verdict -> (verdict.rule() + ": " + verdict.detail()).replaceAll("[^ -~]", "?"))
                .collect(Collectors.joining(";\r\n\t", "X-Spam-Status: Yes, ", "\r\n"));
    }
}
