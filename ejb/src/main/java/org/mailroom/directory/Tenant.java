package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Whose the domains are that share what they may use. */
@Entity
@Table(name = "tenant")
class Tenant {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "name", nullable = false)
    private String name;

    protected Tenant() {}

    Tenant(String name) {
        this.name = name;
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }
}
