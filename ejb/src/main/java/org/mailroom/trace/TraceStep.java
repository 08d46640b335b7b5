package org.mailroom.trace;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a message. The text may come from strangers: it is cut and made harmless here, and addresses are
 * kept in lower case so that they are found however they were typed.
 *
 * @param queueId null where the message was refused before it had one
 * @param session the wire's id of the session, empty where there was none
 * @param client who spoke to us, or to whom we spoke
 * @param rule which policy decided
 * @param reply what was answered, by us or to us: of a refusal the line as it was sent
 * @param detail whatever else explains it; where the subject is told it stands last, as {@code subject=…}
 */
public record TraceStep(
        @Nullable String queueId,
        String session,
        Kind kind,
        String sender,
        String recipient,
        String client,
        String rule,
        String reply,
        String detail) {
    private static final int LONGEST_ADDRESS = 320;
    private static final int LONGEST_TEXT = 2000;

    /** What happened; the column holds the word in lower case. */
    public enum Kind {
        /** A message is ours to deliver: acknowledged to a client, or made by us. */
        RECEIVED,
        /** A recipient, a sender or a message was not taken; where the reply says "for now" (4xx), readers see {@code deferred}. */
        REFUSED,
        /** Somebody looked at what is in it, and it was taken. */
        CHECKED,
        /** The address of a recipient led to others, who have steps of their own. */
        EXPANDED,
        /** A local recipient has it. */
        DELIVERED,
        /** A remote recipient waits for it. */
        QUEUED,
        /** A remote host has taken it over. */
        RELAYED,
        /** A remote host was asked in vain, and will be again. */
        DEFERRED,
        /** A recipient will not get it. */
        FAILED,
        /** The sender was told so. */
        BOUNCED,
        /** The sender was told something better. */
        REPORTED,
        /** Set aside, because something unforeseen happened. */
        POISON,
        /** Somebody put it into another mailbox. */
        MOVED,
        /** Somebody has it in another mailbox too. */
        COPIED,
        /** Somebody took it out of a mailbox. */
        DELETED,
        /**
         * Taken out of a mailbox: because a policy says how long it may lie there, or by somebody after the trace had forgotten how
         * it came.
         */
        REMOVED,
        /** Kept for an administrator to look at. */
        QUARANTINED,
        /** Taken and thrown away: by an administrator or his rule, or because nobody asked for it. */
        DISCARDED,
        /** An administrator did something to it. */
        ADMINISTERED;

        /** As the column holds it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public TraceStep {
        session = OneLine.of(session, LONGEST_ADDRESS);
        sender = OneLine.of(sender, LONGEST_ADDRESS).toLowerCase(Locale.ROOT);
        recipient = OneLine.of(recipient, LONGEST_ADDRESS).toLowerCase(Locale.ROOT);
        client = OneLine.of(client, LONGEST_ADDRESS);
        rule = OneLine.of(rule, LONGEST_ADDRESS);
        reply = OneLine.of(reply, LONGEST_TEXT);
        detail = OneLine.of(detail, LONGEST_TEXT);
    }

    /** A step of which only its kind, message, sender and recipient are known so far. */
    public static TraceStep of(Kind kind, @Nullable String queueId, String sender, String recipient) {
        return new TraceStep(queueId, "", kind, sender, recipient, "", "", "", "");
    }

    public TraceStep session(String value) {
        return new TraceStep(queueId, value, kind, sender, recipient, client, rule, reply, detail);
    }

    public TraceStep client(String value) {
        return new TraceStep(queueId, session, kind, sender, recipient, value, rule, reply, detail);
    }

    public TraceStep rule(String value) {
        return new TraceStep(queueId, session, kind, sender, recipient, client, value, reply, detail);
    }

    public TraceStep reply(String value) {
        return new TraceStep(queueId, session, kind, sender, recipient, client, rule, value, detail);
    }

    public TraceStep detail(String value) {
        return new TraceStep(queueId, session, kind, sender, recipient, client, rule, reply, value);
    }
}
