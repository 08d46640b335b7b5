package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A domain whose mail ends here. */
@Entity
@Table(name = "domain")
class Domain {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "created", nullable = false)
    private Instant created;

    @Version
    @Column(name = "version")
    private int version;

    protected Domain() {}

    Domain(MailDomain name, Instant created) {
        this.name = name.name();
        this.created = created;
    }

    String name() {
        return name;
    }
}
