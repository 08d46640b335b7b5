package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** Where mail for addresses of a certain form goes, which nobody in the domain has. */
@Entity
@Table(name = "address_rewrite")
class AddressRewrite {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "domain_id")
    private Domain domain;

    @Column(name = "rank", nullable = false)
    private int rank;

    @Column(name = "pattern", nullable = false)
    private String pattern;

    @Column(name = "regular", nullable = false)
    private boolean regular;

    @Column(name = "target", nullable = false)
    private String target;

    protected AddressRewrite() {}

    AddressRewrite(Domain domain, String pattern) {
        this.domain = domain;
        this.pattern = pattern;
    }

    void lead(boolean newRegular, String newTarget, int newRank) {
        regular = newRegular;
        target = newTarget;
        rank = newRank;
    }

    Rewrites.Listed listed() {
        return new Rewrites.Listed(domain.name(), pattern, regular, target, rank);
    }
}
