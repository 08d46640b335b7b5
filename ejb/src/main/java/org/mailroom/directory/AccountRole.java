package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** What an account may do in the console, everywhere or in one domain. */
@Entity
@Table(name = "account_role")
class AccountRole {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @ManyToOne(optional = false)
    @JoinColumn(name = "account_id")
    private Account account;

    @Column(name = "role", nullable = false)
    private String role;

    @ManyToOne
    @JoinColumn(name = "domain_id")
    private @Nullable Domain domain;

    protected AccountRole() {}

    AccountRole(Account account, String role, @Nullable Domain domain) {
        this.account = account;
        this.role = role;
        this.domain = domain;
    }

    /** @param other null: everywhere */
    boolean holdsIn(@Nullable MailDomain other) {
        var here = domain;
        return here == null ? other == null : other != null && here.name().equals(other.name());
    }
}
