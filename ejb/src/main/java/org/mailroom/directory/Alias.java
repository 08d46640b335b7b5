package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** Another address of an account: mail for it arrives there, and it may be sent from; it does not log in. */
@Entity
@Table(name = "alias")
class Alias {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "domain_id")
    private Domain domain;

    @Column(name = "local_part", nullable = false)
    private String localPart;

    @ManyToOne(optional = false)
    @JoinColumn(name = "account_id")
    private Account account;

    @Version
    @Column(name = "version")
    private int version;

    protected Alias() {}

    Alias(Domain domain, String localPart, Account account) {
        this.domain = domain;
        this.localPart = localPart;
        this.account = account;
    }

    Account account() {
        return account;
    }

    void moveTo(Account newAccount) {
        account = newAccount;
    }
}
