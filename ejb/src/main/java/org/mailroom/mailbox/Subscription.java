package org.mailroom.mailbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A name that an account subscribed to, whether or not a mailbox has it (RFC 9051 §6.3.7). */
@Entity
@IdClass(Subscription.Place.class)
public class Subscription {
    @Id
    @Column(name = "account_id")
    private long account;

    @Id
    private String name;

    protected Subscription() {}

    public long account() {
        return account;
    }

    public String name() {
        return name;
    }

    /** Whose, and which. */
    public static class Place implements Serializable {
        private static final long serialVersionUID = 1L;

        private long account;
        private String name = "";

        public Place() {}

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && place.account == account && place.name.equals(name);
        }

        @Override
        public int hashCode() {
            return Long.hashCode(account) * 31 + name.hashCode();
        }
    }
}
