package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** Who gets mail for addresses that a domain does not have. */
@Entity
@Table(name = "catch_all")
class CatchAll {
    @Id
    @Column(name = "domain_id")
    private Long id;

    @MapsId
    @OneToOne(optional = false)
    @JoinColumn(name = "domain_id")
    private Domain domain;

    @Column(name = "target", nullable = false)
    private String target;

    @Version
    @Column(name = "version")
    private int version;

    protected CatchAll() {}

    CatchAll(Domain domain, String target) {
        this.domain = domain;
        this.target = target;
    }

    String target() {
        return target;
    }

    void leadTo(String newTarget) {
        target = newTarget;
    }
}
