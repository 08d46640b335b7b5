package org.mailroom.admin;

import java.time.Instant;

/**
 * One message in a list.
 *
 * @param queueId empty where it was refused
 * @param recipients some, separated by commas
 * @param status the last step of its recipients, with several the worst; refused where it was not taken
 */
public record TraceSummary(
        String queueId, Instant at, String sender, String recipients, String subject, String status) {}
