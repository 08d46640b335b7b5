package org.mailroom.message;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A message without its octets: those are read and written in pieces by {@link Messages}, because an entity would pull them
 * whole into memory and the persistence context.
 */
@Entity
public class Message {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    private OffsetDateTime received;
    private long size;

    @Column(name = "header_size")
    private int headerSize;

    private @Nullable OffsetDateTime sent;

    @Column(name = "sent_offset")
    private @Nullable Integer sentOffset;

    @Column(name = "message_id")
    private @Nullable String messageId;

    private @Nullable String subject;
    private @Nullable String sender;

    @Column(name = "item_type")
    private String itemType;

    protected Message() {}

    public long id() {
        return id;
    }

    public OffsetDateTime received() {
        return received;
    }

    public long size() {
        return size;
    }

    public int headerSize() {
        return headerSize;
    }

    public @Nullable OffsetDateTime sent() {
        return sent;
    }

    public @Nullable Integer sentOffset() {
        return sentOffset;
    }

    public @Nullable String messageId() {
        return messageId;
    }

    public @Nullable String subject() {
        return subject;
    }

    public @Nullable String sender() {
        return sender;
    }

    public String itemType() {
        return itemType;
    }
}
