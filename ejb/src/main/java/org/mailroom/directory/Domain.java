package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A domain whose mail we take, to keep or to pass on. */
@Entity
@Table(name = "domain")
class Domain {
    private static final String LOCAL = "local";
    private static final String RELAY = "relay";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "kind", nullable = false)
    private String kind = LOCAL;

    @Column(name = "created", nullable = false)
    private Instant created;

    @Version
    @Column(name = "version")
    private int version;

    protected Domain() {}

    Domain(MailDomain name, boolean relayed, Instant created) {
        this.name = name.name();
        this.kind = relayed ? RELAY : LOCAL;
        this.created = created;
    }

    String name() {
        return name;
    }

    void rename(MailDomain newName) {
        name = newName.name();
    }

    /** Whether its mail is passed on, and nobody lives in it. */
    boolean isRelayed() {
        return kind.equals(RELAY);
    }
}
