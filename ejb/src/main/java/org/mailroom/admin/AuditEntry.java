package org.mailroom.admin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One line of the audit log: written, never changed. */
@Entity
@Table(name = "audit")
class AuditEntry {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "at", nullable = false)
    private Instant at;

    @Column(name = "actor", nullable = false)
    private String actor;

    @Column(name = "action", nullable = false)
    private String action;

    @Column(name = "object", nullable = false)
    private String object;

    @Column(name = "detail", nullable = false)
    private String detail;

    protected AuditEntry() {}

    AuditEntry(String actor, String action, String object, String detail) {
        this.at = Instant.now();
        this.actor = actor;
        this.action = action;
        this.object = object;
        this.detail = detail;
    }

    AuditInfo info() {
        return new AuditInfo(at, actor, action, object, detail);
    }
}
