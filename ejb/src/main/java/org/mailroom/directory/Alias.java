package org.mailroom.directory;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another address. Of one account: mail for it arrives there, and it may be sent from; it does not log in. Without an account: mail
 * goes to the targets.
 */
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

    @ManyToOne
    @JoinColumn(name = "account_id")
    private @Nullable Account account;

    @ElementCollection
    @CollectionTable(name = "alias_target", joinColumns = @JoinColumn(name = "alias_id"))
    @Column(name = "address")
    private Set<String> targets = new LinkedHashSet<>();

    @Version
    @Column(name = "version")
    private int version;

    protected Alias() {}

    Alias(Domain domain, String localPart, Account account) {
        this.domain = domain;
        this.localPart = localPart;
        this.account = account;
    }

    /** One that leads nowhere yet. */
    Alias(Domain domain, String localPart) {
        this.domain = domain;
        this.localPart = localPart;
    }

    String address() {
        return new MailAddress(localPart, domain.name()).toString();
    }

    boolean isOfAccount() {
        return account != null;
    }

    @Nullable
    Account account() {
        return account;
    }

    List<String> targets() {
        return targets.stream().sorted().toList();
    }

    void leadTo(Collection<String> newTargets) {
        targets.retainAll(newTargets);
        targets.addAll(newTargets);
    }

    void moveTo(Account newAccount) {
        account = newAccount;
    }
}
