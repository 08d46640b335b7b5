package org.mailroom.maildrop;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.maildrop.PopPolicy.Show;

/** The policy of a domain or of an account; one of the two ids is null. */
@Entity(name = "PopPolicy")
@Table(name = "pop_policy")
class PopPolicyRow {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "domain_id")
    private @Nullable Long domain;

    @Column(name = "account_id")
    private @Nullable Long account;

    @Column(name = "expire")
    private @Nullable String expire;

    @Column(name = "expire_days")
    private @Nullable Integer expireDays;

    @Column(name = "show")
    private @Nullable String show;

    @Column(name = "mark_seen")
    private @Nullable Boolean markSeen;

    @Version
    @Column(name = "version")
    private int version;

    protected PopPolicyRow() {}

    PopPolicyRow(@Nullable Long domain, @Nullable Long account) {
        this.domain = domain;
        this.account = account;
    }

    PopPolicy.Wish wish() {
        return wish(expire, Objects.requireNonNullElse(expireDays, 0), show, markSeen);
    }

    /** As the columns hold it. */
    static PopPolicy.Wish wish(@Nullable String expire, int days, @Nullable String show, @Nullable Boolean markSeen) {
        return new PopPolicy.Wish(
                expire == null ? null : new Expire(Expire.Kind.valueOf(expire.toUpperCase(Locale.ROOT)), days),
                show == null ? null : Show.valueOf(show.toUpperCase(Locale.ROOT)),
                markSeen);
    }

    void set(PopPolicy.Wish wish) {
        expire = wish.expire() == null ? null : word(wish.expire().kind());
        expireDays = wish.expire() == null || wish.expire().days() == 0
                ? null
                : wish.expire().days();
        show = wish.show() == null ? null : word(wish.show());
        markSeen = wish.markSeen();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
