package org.mailroom.directory;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** An account's mail goes on to other addresses. */
@Entity
@Table(name = "forward")
class Forward {
    @Id
    @Column(name = "account_id")
    private Long id;

    @MapsId
    @OneToOne(optional = false)
    @JoinColumn(name = "account_id")
    private Account account;

    @Column(name = "keeps_copy")
    private boolean keepsCopy;

    @ElementCollection
    @CollectionTable(name = "forward_target", joinColumns = @JoinColumn(name = "account_id"))
    @Column(name = "address")
    private Set<String> targets = new LinkedHashSet<>();

    @Column(name = "created", nullable = false)
    private Instant created;

    @Version
    @Column(name = "version")
    private int version;

    protected Forward() {}

    Forward(Account account, Instant created) {
        this.account = account;
        this.created = created;
    }

    Account account() {
        return account;
    }

    boolean keepsCopy() {
        return keepsCopy;
    }

    List<String> targets() {
        return targets.stream().sorted().toList();
    }

    void leadTo(Collection<String> newTargets, boolean newKeepsCopy) {
        keepsCopy = newKeepsCopy;
        targets.retainAll(newTargets);
        targets.addAll(newTargets);
    }
}
