package org.mailroom.queue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.RouteTls;

/** What an operator decided for one domain, for those below one, or for all; what is null, a wider rule or a setting decides. */
@Entity
@Table(name = "delivery_rule")
class DeliveryRule {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private long id;

    @Column
    private String domain;

    @Column(name = "first_retry")
    private @Nullable Long firstRetry;

    @Column(name = "longest_retry")
    private @Nullable Long longestRetry;

    @Column
    private @Nullable Long expire;

    @Column
    private @Nullable Long notice;

    @Column
    private @Nullable Integer concurrency;

    @Column(name = "per_minute")
    private @Nullable Integer perMinute;

    @Column
    private @Nullable String tls;

    protected DeliveryRule() {}

    DeliveryRule(DeliveryRules.Rule rule) {
        this.domain = rule.domain();
        follow(rule);
    }

    final void follow(DeliveryRules.Rule rule) {
        firstRetry = seconds(rule.firstRetry());
        longestRetry = seconds(rule.longestRetry());
        expire = seconds(rule.expire());
        notice = seconds(rule.notice());
        concurrency = rule.concurrency();
        perMinute = rule.perMinute();
        var demand = rule.tls();
        tls = demand == null ? null : demand.text();
    }

    DeliveryRules.Rule rule() {
        return new DeliveryRules.Rule(
                domain,
                duration(firstRetry),
                duration(longestRetry),
                duration(expire),
                duration(notice),
                concurrency,
                perMinute,
                demand(tls));
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toSeconds();
    }

    private static @Nullable Duration duration(@Nullable Long seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    static @Nullable RouteTls demand(@Nullable String text) {
        try {
            return text == null ? null : RouteTls.parse(text);
        } catch (BadAddress e) {
            throw new IllegalStateException("a rule's demand for TLS makes no sense", e);
        }
    }

    /** The terms of a wider rule with what this one changes. */
    static Terms narrowed(Terms wider, DeliveryRules.Rule rule) {
        var before = wider.schedule();
        return new Terms(
                new RetrySchedule(
                        or(rule.firstRetry(), before.first()),
                        or(rule.longestRetry(), before.longest()),
                        or(rule.expire(), before.expire())),
                or(rule.notice(), wider.notice()),
                or(rule.concurrency(), wider.concurrency()),
                or(rule.perMinute(), wider.perMinute()),
                Optional.ofNullable(rule.tls()).or(wider::tls));
    }

    private static <T> T or(@Nullable T said, T otherwise) {
        return said == null ? otherwise : said;
    }
}
