package org.mailroom.message;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** A message lost a reader; whether it was the last, {@link MessageSweep} finds out. */
@Entity
@Table(name = "message_release")
public class MessageRelease {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "message_id")
    private long message;

    private OffsetDateTime released;

    protected MessageRelease() {}

    public long id() {
        return id;
    }

    public long message() {
        return message;
    }

    public OffsetDateTime released() {
        return released;
    }
}
