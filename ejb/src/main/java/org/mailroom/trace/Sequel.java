package org.mailroom.trace;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.Actor;
import org.mailroom.trace.TraceStep.Kind;

/**
 * What is done to messages in a mailbox after they came. It is a part of the statement that does it, and writes a step for each of
 * them, however many. A message that a client put there has no story to which that could belong; only a policy tells of those too.
 *
 * @param kind {@code MOVED}, {@code COPIED} or {@code DELETED} by somebody, {@code REMOVED} by a policy
 * @param by who does it; null: a policy
 * @param target the mailbox to which the messages go; 0: none
 * @param rule the policy
 * @param reply what else there is to say of all of them
 */
public record Sequel(Kind kind, @Nullable Actor by, long target, String rule, String reply) {
    /** As {@link OneLine} has it: subjects are what strangers wrote. */
    private static final String HARMFUL =
            "[\\u0001-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f" + "\\u2028-\\u202e\\u2060-\\u206f\\ufeff]";

    // What came before the days that the trace remembers has to tell by itself which message it was.
    private static final String SQL = """
            scene AS MATERIALIZED (
                SELECT lower(a.local_part || '@' || d.name) AS owner,
                    coalesce((SELECT lower(w.local_part || '@' || z.name) FROM account w JOIN domain z ON z.id = w.domain_id
                        WHERE w.id = ?), '') AS doer,
                    regexp_replace(concat(' mailbox="', b.name, '"', (SELECT concat(' to="', t.name, '"',
                            CASE WHEN t.account_id <> b.account_id THEN ' of ' || o.local_part || '@' || p.name END)
                        FROM mailbox t JOIN account o ON o.id = t.account_id JOIN domain p ON p.id = o.domain_id
                        WHERE t.id = ?), ?), ?, '_', 'g') AS place
                FROM mailbox b JOIN account a ON a.id = b.account_id JOIN domain d ON d.id = a.domain_id WHERE b.id = ?),
            told AS (
                INSERT INTO trace (queue_id, session, step, sender, recipient, client, rule, reply, detail)
                SELECT m.queue_id, ?, CASE WHEN k.alone THEN 'removed' ELSE ? END,
                    CASE WHEN k.alone THEN left(lower(regexp_replace(coalesce(m.sender, ''), ?, '_', 'g')), 320) ELSE '' END,
                    c.owner, c.doer, ?, ?, concat('uid=', g.uid, c.place, CASE WHEN k.alone THEN
                        concat(' message-id=<', left(regexp_replace(m.message_id, ?, '_', 'g'), 500),
                            '> subject=', left(regexp_replace(m.subject, ?, '_', 'g'), 1000)) END)
                FROM %s g JOIN message m ON m.id = g.message_id CROSS JOIN scene c
                    CROSS JOIN LATERAL (SELECT ? OR m.received < ? AS alone) k
                WHERE m.queue_id IS NOT NULL OR ?)
            """;

    /** Days of the trace, as {@link TraceCalendar} keeps them; asked for each change of a mailbox. */
    private static volatile int remembered = TraceSettings.USUAL_DAYS;

    static void remembers(int days) {
        remembered = days;
    }

    /** Of what somebody does. */
    public static Sequel of(Kind kind, Actor by) {
        return new Sequel(kind, by, 0, "", "");
    }

    /** Of what a policy removes. */
    public static Sequel removal(String rule, String reply) {
        return new Sequel(Kind.REMOVED, null, 0, rule, reply);
    }

    public Sequel to(long mailbox) {
        return new Sequel(kind, by, mailbox, rule, reply);
    }

    public Sequel reply(String value) {
        return new Sequel(kind, by, target, rule, value);
    }

    /**
     * The part, without a comma before or after it.
     *
     * @param messages the part that has {@code uid} and {@code message_id} of those to tell of
     */
    public static String sql(String messages) {
        return SQL.formatted(messages);
    }

    /** @param mailbox in which the messages are */
    public void bind(PreparedStatement statement, int first, long mailbox) throws SQLException {
        int next = first;
        statement.setObject(next++, by == null ? null : by.account().value(), Types.BIGINT);
        statement.setLong(next++, target);
        statement.setString(
                next++, by == null ? "" : " with=" + by.protocol().name().toLowerCase(Locale.ROOT));
        statement.setString(next++, HARMFUL);
        statement.setLong(next++, mailbox);
        statement.setString(next++, by == null ? "" : OneLine.of(by.session(), 320));
        statement.setString(next++, kind.word());
        statement.setString(next++, HARMFUL);
        statement.setString(next++, rule);
        statement.setString(next++, reply);
        statement.setString(next++, HARMFUL);
        statement.setString(next++, HARMFUL);
        statement.setBoolean(next++, kind == Kind.REMOVED);
        statement.setObject(next++, forgotten());
        statement.setBoolean(next, kind == Kind.REMOVED);
    }

    /** How the messages before that came is not known any more. What was moved is still there to be looked at. */
    private OffsetDateTime forgotten() {
        return kind == Kind.DELETED ? OffsetDateTime.now(ZoneOffset.UTC).minusDays(remembered) : OffsetDateTime.MIN;
    }
}
