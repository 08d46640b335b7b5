package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** Where mail for a domain goes, instead of its MX. It does not make the domain ours, and so opens no relay. */
@Entity
@Table(name = "route")
class Route {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "domain", nullable = false)
    private String domain;

    @Column(name = "target", nullable = false)
    private String target;

    @Column(name = "created", nullable = false)
    private Instant created;

    @Version
    @Column(name = "version")
    private int version;

    protected Route() {}

    Route(MailDomain domain, RouteTarget target, Instant created) {
        this.domain = domain.name();
        this.target = target.toString();
        this.created = created;
    }

    String domain() {
        return domain;
    }

    String target() {
        return target;
    }

    void leadTo(RouteTarget newTarget) {
        target = newTarget.toString();
    }
}
