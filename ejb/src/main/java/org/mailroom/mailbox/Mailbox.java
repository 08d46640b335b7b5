package org.mailroom.mailbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A mailbox as a row. Its keywords are an array, which is read with JDBC where it is needed ({@link LockedMailbox}). */
@Entity
public class Mailbox {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column(name = "account_id")
    private long account;

    private String name;

    @Column(name = "special_use")
    private @Nullable String specialUse;

    @Column(name = "uid_validity")
    private long uidValidity;

    @Column(name = "uid_next")
    private long uidNext;

    private long modseq;

    @Column(name = "first_recent")
    private long firstRecent;

    private long messages;
    private long unseen;
    private long octets;

    protected Mailbox() {}

    public long id() {
        return id;
    }

    public long account() {
        return account;
    }

    public String name() {
        return name;
    }

    public @Nullable String specialUse() {
        return specialUse;
    }

    public long uidValidity() {
        return uidValidity;
    }

    public long uidNext() {
        return uidNext;
    }

    public long modseq() {
        return modseq;
    }

    public long firstRecent() {
        return firstRecent;
    }

    public long messages() {
        return messages;
    }

    public long unseen() {
        return unseen;
    }

    public long octets() {
        return octets;
    }
}
