package org.mailroom.trace;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A step as it was written; read only. The number alone tells rows apart, the time stands in the key for the partitions' sake. */
@Entity
@Table(name = "trace")
public class TraceRow {
    @Id
    private long id;

    @Column(insertable = false, updatable = false)
    private OffsetDateTime at;

    @Column(name = "queue_id")
    private @Nullable String queueId;

    @Column
    private String session;

    @Column
    private String step;

    @Column
    private String sender;

    @Column
    private String recipient;

    @Column
    private String client;

    @Column
    private String rule;

    @Column
    private String reply;

    @Column
    private String detail;

    protected TraceRow() {}

    public OffsetDateTime at() {
        return at;
    }

    public String step() {
        return step;
    }

    public String sender() {
        return sender;
    }

    public String recipient() {
        return recipient;
    }

    public String client() {
        return client;
    }

    public String rule() {
        return rule;
    }

    public String reply() {
        return reply;
    }

    public String detail() {
        return detail;
    }
}
