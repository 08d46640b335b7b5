package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What an account, a domain or a tenant may use; what is null has no limit. */
@Entity
@Table(name = "usage_limit")
class UsageLimit {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "account_id")
    private @Nullable Long account;

    @Column(name = "domain_id")
    private @Nullable Long domain;

    @Column(name = "tenant_id")
    private @Nullable Long tenant;

    @Column(name = "octets")
    private @Nullable Long octets;

    @Column(name = "messages")
    private @Nullable Long messages;

    @Column(name = "message_octets")
    private @Nullable Long messageOctets;

    @Column(name = "recipients")
    private @Nullable Integer recipients;

    protected UsageLimit() {}

    UsageLimit(UsageLimits.Kind kind, long holder) {
        switch (kind) {
            case ACCOUNT -> account = holder;
            case DOMAIN -> domain = holder;
            case TENANT -> tenant = holder;
        }
    }

    void allow(UsageLimits.Allowance allowance) {
        // What an account stores stands with the account.
        octets = account == null ? allowance.octets() : null;
        messages = account == null ? allowance.messages() : null;
        messageOctets = allowance.messageOctets();
        recipients = allowance.recipients();
    }
}
