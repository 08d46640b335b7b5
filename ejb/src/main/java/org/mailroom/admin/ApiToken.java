package org.mailroom.admin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/** With what a program asks the REST API in the name of an account. */
@Entity
@Table(name = "api_token")
class ApiToken {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "account_id", nullable = false)
    private long account;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "digest", nullable = false)
    private byte[] digest;

    @Column(name = "role", nullable = false)
    private String role;

    @Column(name = "domain_id")
    private @Nullable Long domain;

    @Column(name = "read_only", nullable = false)
    private boolean readOnly;

    @Column(name = "created", nullable = false)
    private Instant created;

    @Column(name = "expires", nullable = false)
    private Instant expires;

    @Column(name = "last_used", insertable = false)
    private @Nullable Instant lastUsed;

    @Column(name = "last_client", nullable = false)
    private String lastClient = "";

    protected ApiToken() {}

    ApiToken(AccountId account, NewApiToken wish, byte[] digest, @Nullable Long domain, Instant expires) {
        this.account = account.value();
        this.name = wish.name();
        this.digest = digest;
        this.role = wish.role();
        this.domain = domain;
        this.readOnly = wish.readOnly();
        this.created = Instant.now();
        this.expires = expires;
    }

    /** Whoever reads the list learns when it was used last; a minute is exact enough, and spares a write a request. */
    void used(String client) {
        var last = lastUsed;
        if (last == null || last.isBefore(Instant.now().minusSeconds(60)) || !lastClient.equals(client)) {
            lastUsed = Instant.now();
            lastClient = client;
        }
    }

    boolean holds() {
        return expires.isAfter(Instant.now());
    }

    String name() {
        return name;
    }

    String role() {
        return role;
    }

    boolean readOnly() {
        return readOnly;
    }

    ApiTokenInfo info(String owner, String domainName) {
        return new ApiTokenInfo(id, owner, name, role, domainName, readOnly, created, expires, lastUsed, lastClient);
    }
}
