package org.mailroom.admin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A report that came. Anybody can send one: who he says he is, is his own word; the trace of its message knows more.
 *
 * @param queueId of the message that brought it
 * @param kind {@code dmarc} or {@code tls}; empty where it was not read
 * @param domain of ours on which it reports, or one below it
 * @param reporter as he calls himself
 * @param begins of the time on which it reports; null where it does not say
 * @param passed messages whose author's domain was proved, or connections of which all was well
 * @param failed the others
 * @param trouble why it was not read; empty where it was
 * @param waiting whether it is still to be read
 */
public record ReceivedReport(
        Instant received,
        String queueId,
        String kind,
        String domain,
        String reporter,
        @Nullable Instant begins,
        long passed,
        long failed,
        String trouble,
        boolean waiting) {}
