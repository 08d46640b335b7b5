package org.mailroom.mailbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A UID that is gone, and since when (RFC 7162 §3.2). */
@Entity
@Table(name = "expunged")
@IdClass(ExpungedUid.Place.class)
public class ExpungedUid {
    @Id
    @Column(name = "mailbox_id")
    private long mailbox;

    @Id
    private long modseq;

    @Id
    private long uid;

    protected ExpungedUid() {}

    public long mailbox() {
        return mailbox;
    }

    public long modseq() {
        return modseq;
    }

    public long uid() {
        return uid;
    }

    /** The whole row. */
    public static class Place implements Serializable {
        private static final long serialVersionUID = 1L;

        private long mailbox;
        private long modseq;
        private long uid;

        public Place() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place
                    && place.mailbox == mailbox
                    && place.modseq == modseq
                    && place.uid == uid;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(31 * (31 * mailbox + modseq) + uid);
        }
    }
}
