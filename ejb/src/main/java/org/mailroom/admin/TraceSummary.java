package org.mailroom.admin;

import java.time.Instant;

/**
 * One message in a list.
 *
 * @param queueId empty where it was refused
 * @param recipients some, separated by commas
 * @param status the last word on it: {@code refused}, {@code failed}, {@code poison}, {@code deferred}, {@code queued},
 *     {@code relayed} or {@code delivered}; with several recipients the worst
 */
public record TraceSummary(
        String queueId, Instant at, String sender, String recipients, String subject, String status) {}
