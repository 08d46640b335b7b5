package org.mailroom.admin;

import java.time.Instant;

/**
 * One message in a list.
 *
 * @param queueId empty where it was refused before its last dot
 * @param session in which it came; where there is no queue id, its steps are found by that
 * @param recipients some, separated by commas
 * @param status the last step of its recipients, with several the worst; refused where it was not taken, deferred where it was not taken for now
 * @param why of what was not taken: who decided, and the reply to the client
 */
public record TraceSummary(
        String queueId,
        String session,
        Instant at,
        String sender,
        String recipients,
        String subject,
        String status,
        String why) {
    /** By what its steps are asked for; may be empty. */
    public String id() {
        return queueId.isEmpty() ? session : queueId;
    }
}
