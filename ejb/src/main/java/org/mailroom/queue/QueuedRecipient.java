package org.mailroom.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** One recipient of a {@link QueuedMessage}, and how it stands with him. */
@Entity
@Table(name = "queued_recipient")
public class QueuedRecipient {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @SuppressWarnings("unused") // the other side of QueuedMessage.recipients
    @ManyToOne(optional = false)
    @JoinColumn(name = "queued_id")
    private QueuedMessage message;

    @Column
    private String address;

    @Column
    private String domain;

    @Column
    private String state;

    @Column
    private int attempts;

    @Column(name = "next_attempt")
    private OffsetDateTime nextAttempt;

    @Column(name = "last_attempt")
    private @Nullable OffsetDateTime lastAttempt;

    @Column(name = "last_code")
    private int lastCode;

    @Column(name = "last_status")
    private String lastStatus;

    @Column(name = "last_text")
    private String lastText;

    @Column(name = "last_host")
    private String lastHost;

    @Column
    private int priority;

    @Column
    private OffsetDateTime expires;

    @Column
    private @Nullable OffsetDateTime notice;

    @Column
    private String route;

    @Column
    private boolean released;

    @Column(name = "given_up")
    private String givenUp;

    @Column(name = "held_by")
    private String heldBy;

    @Column(name = "held_at")
    private @Nullable OffsetDateTime heldAt;

    @Column(name = "lease_node")
    private @Nullable String leaseNode;

    @Column(name = "lease_until")
    private @Nullable OffsetDateTime leaseUntil;

    protected QueuedRecipient() {}

    public String address() {
        return address;
    }

    /** Of the address, as DNS has it. */
    String domain() {
        return domain;
    }

    public String state() {
        return state;
    }

    public int attempts() {
        return attempts;
    }

    public OffsetDateTime nextAttempt() {
        return nextAttempt;
    }

    public @Nullable OffsetDateTime lastAttempt() {
        return lastAttempt;
    }

    /** The last reply, or our own words with a status code; empty before the first attempt. */
    public String lastReply() {
        return lastCode > 0 ? lastText : (lastStatus + " " + lastText).strip();
    }

    public String lastHost() {
        return lastHost;
    }

    public OffsetDateTime expires() {
        return expires;
    }

    public int priority() {
        return priority;
    }

    /** Hosts that an operator chose; empty: none. */
    public String route() {
        return route;
    }

    /** Who holds it; empty where nobody does, or its route. */
    public String heldBy() {
        return heldBy;
    }

    public @Nullable OffsetDateTime heldAt() {
        return heldAt;
    }
}
