package org.mailroom.admin;

import java.time.Instant;

/**
 * One message in a list.
 *
 * @param queueId empty where it was refused before its last dot
 * @param session in which it came; where there is no queue id, its steps are found by that
 * @param recipients some, separated by commas
 * @param status the last step of its recipients, with several the worst; refused where it was not taken
 * @param why of what was refused: who decided, and what the client was told
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
