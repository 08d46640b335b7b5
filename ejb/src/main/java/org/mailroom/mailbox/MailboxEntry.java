package org.mailroom.mailbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A message in a mailbox. */
@Entity
@Table(name = "mailbox_entry")
@IdClass(MailboxEntry.Place.class)
public class MailboxEntry {
    @Id
    @Column(name = "mailbox_id")
    private long mailbox;

    @Id
    private long uid;

    @Column(name = "message_id")
    private long message;

    private long modseq;
    private long flags;

    @Column(name = "internal_date")
    private OffsetDateTime internalDate;

    private OffsetDateTime saved;
    private long size;

    protected MailboxEntry() {}

    public long mailbox() {
        return mailbox;
    }

    public long uid() {
        return uid;
    }

    public long message() {
        return message;
    }

    public long modseq() {
        return modseq;
    }

    public long flags() {
        return flags;
    }

    public OffsetDateTime internalDate() {
        return internalDate;
    }

    public OffsetDateTime saved() {
        return saved;
    }

    public long size() {
        return size;
    }

    /** Which UID of which mailbox. */
    public static class Place implements Serializable {
        private static final long serialVersionUID = 1L;

        private long mailbox;
        private long uid;

        public Place() {}

        public Place(long mailbox, long uid) {
            this.mailbox = mailbox;
            this.uid = uid;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && place.mailbox == mailbox && place.uid == uid;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(31 * mailbox + uid);
        }
    }
}
