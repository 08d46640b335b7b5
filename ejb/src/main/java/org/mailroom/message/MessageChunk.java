package org.mailroom.message;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** What lies behind the first octets of a large message, a piece a row. */
@Entity
@Table(name = "message_chunk")
@IdClass(MessageChunk.Place.class)
public class MessageChunk {
    @Id
    @Column(name = "message_id")
    private long message;

    @Id
    private int number;

    private byte[] octets;

    protected MessageChunk() {}

    public long message() {
        return message;
    }

    /** Counts from 1. */
    public int number() {
        return number;
    }

    public byte[] octets() {
        return octets.clone();
    }

    /** Which piece of which message. */
    public static class Place implements Serializable {
        private static final long serialVersionUID = 1L;

        private long message;
        private int number;

        public Place() {}

        public Place(long message, int number) {
            this.message = message;
            this.number = number;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && place.message == message && place.number == number;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(31 * message + number);
        }
    }
}
