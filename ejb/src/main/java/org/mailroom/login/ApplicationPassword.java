package org.mailroom.login;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/** The password of one program of an account. */
@Entity
@Table(name = "application_password")
class ApplicationPassword {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "account_id", nullable = false)
    private long account;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "digest", nullable = false)
    private byte[] digest;

    @Column(name = "services", nullable = false)
    private String services;

    @Column(name = "created", nullable = false)
    private Instant created;

    @Column(name = "expires")
    private @Nullable Instant expires;

    @Column(name = "last_used", insertable = false, updatable = false)
    private @Nullable Instant lastUsed;

    @Column(name = "last_client", insertable = false, updatable = false)
    private String lastClient = "";

    protected ApplicationPassword() {}

    ApplicationPassword(
            AccountId account, String name, byte[] digest, Set<String> services, @Nullable Instant expires) {
        this.account = account.value();
        this.name = name;
        this.digest = digest;
        this.services = String.join(" ", new TreeSet<>(services));
        this.created = Instant.now();
        this.expires = expires;
    }

    ApplicationPasswords.Listed listed() {
        return new ApplicationPasswords.Listed(
                id, name, Set.of(services.split(" ")), created, expires, lastUsed, lastClient);
    }
}
