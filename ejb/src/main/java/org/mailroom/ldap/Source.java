package org.mailroom.ldap;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A directory of others, as it is kept. */
@Entity
@Table(name = "directory_source")
class Source {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "name", nullable = false)
    private String name;

    @Column(name = "servers", nullable = false)
    private String servers = "";

    @Column(name = "start_tls")
    private boolean startTls = true;

    @Column(name = "trust", nullable = false)
    private String trust = "";

    @Column(name = "bind_dn", nullable = false)
    private String bindDn = "";

    @Column(name = "bind_password", nullable = false)
    private String bindPassword = "";

    @Column(name = "base_dn", nullable = false)
    private String baseDn = "";

    @Column(name = "mapping", nullable = false)
    private String mapping = "";

    @Column(name = "adopts")
    private boolean adopts;

    @Column(name = "sync_minutes")
    private int syncMinutes;

    @Column(name = "removal_limit")
    private int removalLimit;

    @Column(name = "enabled")
    private boolean enabled = true;

    @ElementCollection
    @CollectionTable(name = "directory_source_domain", joinColumns = @JoinColumn(name = "source_id"))
    @Column(name = "domain_id")
    private Set<Long> domains = new LinkedHashSet<>();

    @Column(name = "created", nullable = false)
    private Instant created = Instant.now();

    @Version
    @Column(name = "version")
    private int version;

    protected Source() {}

    Source(String name) {
        this.name = name;
    }

    long id() {
        return id;
    }

    void follow(SourcePlan plan, Collection<Long> newDomains) {
        servers = String.join(" ", plan.servers());
        startTls = plan.startTls();
        trust = plan.trust();
        bindDn = plan.bindDn();
        bindPassword = plan.sealedPassword();
        baseDn = plan.baseDn();
        mapping = plan.mapping().text();
        adopts = plan.adopts();
        syncMinutes = plan.syncMinutes();
        removalLimit = plan.removalLimit();
        enabled = plan.enabled();
        domains.retainAll(newDomains);
        domains.addAll(newDomains);
    }

    Set<Long> domains() {
        return Set.copyOf(domains);
    }

    /** @param domainNames of its domains */
    SourcePlan plan(List<String> domainNames) {
        try {
            return new SourcePlan(
                    id,
                    name,
                    domainNames,
                    List.of(servers.split(" ")),
                    startTls,
                    trust,
                    bindDn,
                    bindPassword,
                    baseDn,
                    Mapping.parse(mapping),
                    adopts,
                    syncMinutes,
                    removalLimit,
                    enabled);
        } catch (BadSource e) {
            throw new IllegalStateException("the directory " + name + " was checked when it was written", e);
        }
    }
}
