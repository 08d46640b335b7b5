package org.mailroom.directory;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Where mail for a domain goes, instead of its MX. It does not make the domain ours, and so opens no relay. */
@Entity
@Table(name = "route")
class Route {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    @Column(name = "domain", nullable = false)
    private String domain;

    @Column(name = "sender", nullable = false)
    private String sender;

    @Column(name = "target", nullable = false)
    private String target;

    @Column(name = "tls", nullable = false)
    private String tls;

    @Column(name = "login", nullable = false)
    private String login;

    @Column(name = "password", nullable = false)
    private String password;

    @Column(name = "hold", nullable = false)
    private String hold;

    @Column(name = "flushed", nullable = false)
    private Instant flushed;

    @Column(name = "created", nullable = false)
    private Instant created;

    @Version
    @Column(name = "version")
    private int version;

    protected Route() {}

    Route(RoutePlan plan, Instant created) {
        this.domain = plan.domain();
        this.sender = plan.sender();
        this.created = created;
        this.flushed = created;
        follow(plan);
    }

    final void follow(RoutePlan plan) {
        target = plan.targets().stream().map(RouteTarget::toString).collect(Collectors.joining(" "));
        tls = plan.tls().text();
        login = plan.login();
        password = plan.password(); // sealed
        hold = plan.hold().toString();
    }

    RoutePlan plan() {
        try {
            List<RouteTarget> targets = RouteTarget.parseAll(target);
            return new RoutePlan(domain, sender, targets, RouteTls.parse(tls), login, password, RouteHold.parse(hold));
        } catch (BadAddress e) {
            throw new IllegalStateException("the route of " + domain + " makes no sense", e);
        }
    }

    Instant flushed() {
        return flushed;
    }
}
