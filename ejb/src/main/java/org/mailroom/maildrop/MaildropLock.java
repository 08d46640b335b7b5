package org.mailroom.maildrop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** Which POP3 session holds an account's maildrop, and until when it does so without a sign of life. */
@Entity
@Table(name = "maildrop_lock")
public class MaildropLock {
    @Id
    @Column(name = "account_id")
    private long account;

    private String session;
    private String node;
    private OffsetDateTime expires;

    protected MaildropLock() {}

    public long account() {
        return account;
    }

    public String session() {
        return session;
    }

    public String node() {
        return node;
    }

    public OffsetDateTime expires() {
        return expires;
    }
}
