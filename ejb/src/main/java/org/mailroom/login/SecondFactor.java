package org.mailroom.login;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.AccountId;

/** What the console asks of an account beside its password. */
@Entity
@Table(name = "second_factor")
class SecondFactor {
    @Id
    @Column(name = "account_id")
    private Long account;

    @Column(name = "secret", nullable = false)
    private String secret;

    @Column(name = "confirmed")
    private @Nullable Instant confirmed;

    @Column(name = "last_step", nullable = false)
    private long lastStep;

    @ElementCollection
    @CollectionTable(name = "recovery_code", joinColumns = @JoinColumn(name = "account_id"))
    @Column(name = "digest")
    private Set<String> recoveryCodes = new HashSet<>();

    protected SecondFactor() {}

    SecondFactor(AccountId account, String secret) {
        this.account = account.value();
        this.secret = secret;
    }

    /** Sealed. */
    String secret() {
        return secret;
    }

    /** Null while it is offered only. */
    @Nullable
    Instant confirmed() {
        return confirmed;
    }

    int recoveryCodesLeft() {
        return recoveryCodes.size();
    }

    void offer(String newSecret) {
        secret = newSecret;
    }

    /** @param step whose code confirmed it, and proves nothing any more */
    void confirm(Instant now, long step) {
        confirmed = now;
        lastStep = step;
    }

    void recoveryCodes(Collection<String> digests) {
        recoveryCodes.clear();
        recoveryCodes.addAll(digests);
    }
}
