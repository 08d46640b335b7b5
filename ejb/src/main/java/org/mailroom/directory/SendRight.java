package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** An account, or a group with all its members, that may send under another account's address. */
@Entity
@Table(name = "send_right")
class SendRight {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "owner_id", nullable = false)
    private long owner;

    @Column(name = "account_id")
    private @Nullable Long account;

    @Column(name = "group_id")
    private @Nullable Long group;

    @Column(name = "way", nullable = false)
    private String way;

    protected SendRight() {}

    SendRight(long owner, @Nullable Long account, @Nullable Long group, SendWay way) {
        this.owner = owner;
        this.account = account;
        this.group = group;
        this.way = way.word();
    }
}
