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
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/** Somebody who has mailboxes, and logs in with his address. */
@Entity
@Table(name = "account")
class Account {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "domain_id")
    private Domain domain;

    @Column(name = "local_part", nullable = false)
    private String localPart;

    @Column(name = "display_name", nullable = false)
    private String displayName;

    /** {@code shared}: nobody logs in. */
    @Column(name = "kind", nullable = false)
    private String kind = "person";

    @Column(name = "enabled")
    private boolean enabled = true;

    @Column(name = "verifier")
    private @Nullable String verifier;

    @Column(name = "scram_salt")
    private byte @Nullable [] scramSalt;

    @Column(name = "scram_iterations")
    private @Nullable Integer scramIterations;

    @Column(name = "scram_stored_key")
    private byte @Nullable [] scramStoredKey;

    @Column(name = "scram_server_key")
    private byte @Nullable [] scramServerKey;

    @Column(name = "quota_octets")
    private @Nullable Long quotaOctets;

    @Column(name = "quota_messages")
    private @Nullable Long quotaMessages;

    @Column(name = "created", nullable = false)
    private Instant created;

    @Version
    @Column(name = "version")
    private int version;

    protected Account() {}

    Account(Domain domain, String localPart, String displayName, Instant created) {
        this.domain = domain;
        this.localPart = localPart;
        this.displayName = displayName;
        this.created = created;
    }

    /** One in which nobody logs in. */
    static Account shared(Domain domain, String localPart, String displayName, Instant created) {
        var account = new Account(domain, localPart, displayName, created);
        account.kind = "shared";
        return account;
    }

    boolean isPerson() {
        return kind.equals("person");
    }

    AccountId id() {
        return new AccountId(id);
    }

    MailAddress mailAddress() {
        return new MailAddress(localPart, domain.name());
    }

    String address() {
        return mailAddress().toString();
    }

    void rename(String newDisplayName) {
        displayName = newDisplayName;
    }

    /** The domain that it leaves. */
    Domain move(Domain newDomain, String newLocalPart) {
        var old = domain;
        domain = newDomain;
        localPart = newLocalPart;
        return old;
    }

    void enable(boolean newEnabled) {
        enabled = newEnabled;
    }

    void quota(@Nullable Long octets, @Nullable Long messages) {
        quotaOctets = octets;
        quotaMessages = messages;
    }

    /** What proves the password from now on. */
    void secret(Secret secret) {
        var scram = secret.scram();
        verifier = secret.verifier();
        scramSalt = scram == null ? null : scram.salt();
        scramIterations = scram == null ? null : scram.iterations();
        scramStoredKey = scram == null ? null : scram.storedKey();
        scramServerKey = scram == null ? null : scram.serverKey();
    }
}
