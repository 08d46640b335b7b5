package org.mailroom.queue;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.List;
import org.mailroom.message.Message;

/**
 * A message that waits for some of its recipients, as administration sees it. Submitting, claiming and settling use SQL,
 * where a statement handles many recipients; the parameters of MAIL and RCPT are read there only.
 */
@Entity
@Table(name = "queued_message")
public class QueuedMessage {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "queue_id")
    private String queueId;

    @ManyToOne(optional = false)
    @JoinColumn(name = "message_id")
    private Message message;

    @Column(name = "reverse_path")
    private String reversePath;

    @Column
    private OffsetDateTime created;

    @OneToMany(mappedBy = "message", cascade = CascadeType.REMOVE)
    @OrderBy("id")
    private List<QueuedRecipient> recipients;

    protected QueuedMessage() {}

    public long id() {
        return id;
    }

    public String queueId() {
        return queueId;
    }

    public Message message() {
        return message;
    }

    public String reversePath() {
        return reversePath;
    }

    public OffsetDateTime created() {
        return created;
    }

    public List<QueuedRecipient> recipients() {
        return List.copyOf(recipients);
    }
}
