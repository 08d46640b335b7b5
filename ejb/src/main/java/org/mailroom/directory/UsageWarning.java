package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** That somebody was told how full his store is. */
@Entity
@Table(name = "usage_warning")
class UsageWarning {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "account_id")
    private @Nullable Long account;

    @Column(name = "domain_id")
    private @Nullable Long domain;

    @Column(name = "tenant_id")
    private @Nullable Long tenant;

    @Column(name = "percent", nullable = false)
    private int percent;

    protected UsageWarning() {}

    UsageWarning(UsageLimits.Kind kind, long holder) {
        switch (kind) {
            case ACCOUNT -> account = holder;
            case DOMAIN -> domain = holder;
            case TENANT -> tenant = holder;
        }
    }

    int percent() {
        return percent;
    }

    void passed(int mark) {
        percent = mark;
    }
}
