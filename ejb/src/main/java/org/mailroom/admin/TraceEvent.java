package org.mailroom.admin;

import java.time.Instant;

/** One thing that happened to a message; empty where there is nothing to say; the session is the one in which it happened. */
public record TraceEvent(
        Instant at,
        String step,
        String sender,
        String recipient,
        String client,
        String rule,
        String reply,
        String detail,
        String session) {}
