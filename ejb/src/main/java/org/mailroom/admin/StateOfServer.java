package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The part of a state that is for administrators of the server: who administers, and how mail is judged, sent, kept and limited. */
@Dependent
public class StateOfServer {
    @Inject
    private RoleAdmin roles;

    @Inject
    private RuleAdmin rules;

    @Inject
    private ListAdmin lists;

    @Inject
    private RouteAdmin routes;

    @Inject
    private DestinationAdmin destinations;

    @Inject
    private AuthenticityAdmin authenticity;

    @Inject
    private PopPolicyAdmin popPolicies;

    @Inject
    private LimitAdmin limits;

    @Inject
    private DirectoryAdmin directories;

    List<StateSection> sections() {
        return List.of(
                roles(),
                rules(),
                lists(),
                routes(),
                deliveryRules(),
                authenticity(),
                popPolicies(),
                tenants(),
                limits(),
                directories());
    }

    private StateSection roles() {
        return new StateSection(
                "roles",
                List.of("address", "role", "domain"),
                StateSection.fields("address", StateField.OWN, "role", StateField.WORD, "domain", StateField.DOMAIN),
                () -> roles.granted().stream()
                        .map(held -> new StateRow()
                                .with("address", held.address())
                                .with("role", held.role())
                                .with("domain", held.domain()))
                        .toList(),
                (row, _) -> roles.grant(role(row)),
                row -> roles.revoke(role(row)));
    }

    private static RoleInfo role(StateRow row) {
        return new RoleInfo(row.text("address"), row.text("role"), row.text("domain"));
    }

    private StateSection rules() {
        return new StateSection(
                "rules",
                List.of("name"),
                StateSection.fields(
                        "name",
                        StateField.TEXT,
                        "position",
                        StateField.RANK,
                        "enabled",
                        StateField.TRUTH,
                        "conditions",
                        StateField.TEXTS,
                        "action",
                        StateField.WORD,
                        "reason",
                        StateField.TEXT),
                () -> rules.rules().stream()
                        .map(rule -> new StateRow()
                                .with("name", rule.name())
                                .with("position", (long) rule.position())
                                .with("enabled", rule.enabled())
                                .with("conditions", rule.conditions())
                                .with("action", rule.action())
                                .with("reason", rule.reason()))
                        .toList(),
                (row, _) -> rules.put(rule(row)),
                row -> rules.remove(row.text("name")));
    }

    private static RuleInfo rule(StateRow row) {
        var position = StateSection.small(row.number("position"));
        return new RuleInfo(
                row.text("name"),
                position == null ? RuleInfo.POSITION : Math.clamp(position, 0, 1_000_000),
                !row.has("enabled") || row.truth("enabled"),
                row.text("action"),
                row.texts("conditions"),
                row.text("reason"));
    }

    private StateSection lists() {
        return new StateSection(
                "lists",
                List.of("pattern", "subject", "owner"),
                StateSection.fields(
                        "pattern",
                        StateField.WORD,
                        "subject",
                        StateField.WORD,
                        "owner",
                        StateField.WORD,
                        "allow",
                        StateField.TRUTH),
                () -> lists.entries("").stream()
                        .map(entry -> new StateRow()
                                .with("pattern", entry.pattern())
                                .with("subject", entry.subject())
                                .with("owner", entry.owner())
                                .with("allow", entry.allow()))
                        .toList(),
                (row, _) -> lists.put(new ListInfo(
                        0, row.text("owner"), row.text("subject"), row.text("pattern"), row.truth("allow"))),
                this::removeEntry);
    }

    private void removeEntry(StateRow row) throws AdminException {
        for (var entry : lists.entries(row.text("owner"))) {
            if (entry.owner().equals(row.text("owner"))
                    && entry.subject().equals(row.text("subject"))
                    && entry.pattern().equals(row.text("pattern"))) {
                lists.remove(entry.id());
            }
        }
    }

    private StateSection routes() {
        return new StateSection(
                "routes",
                List.of("domain", "sender"),
                StateSection.fields(
                        "domain",
                        StateField.PATTERN,
                        "sender",
                        StateField.WORD,
                        "target",
                        StateField.HOSTS,
                        "tls",
                        StateField.WORD,
                        "login",
                        StateField.TEXT,
                        "hold",
                        StateField.TEXT),
                () -> routes.routes().stream()
                        .map(route -> new StateRow()
                                .with("domain", route.domain())
                                .with("sender", route.sender())
                                .with("target", route.target())
                                .with("tls", route.tls())
                                .with("login", route.login())
                                .with("hold", route.hold()))
                        .toList(),
                // A password stays as it is: none is written into a file.
                (row, _) -> routes.put(
                        new RouteInfo(
                                row.text("domain"),
                                row.text("sender"),
                                row.text("target"),
                                row.has("tls") ? row.text("tls") : "may",
                                row.text("login"),
                                row.text("hold")),
                        null),
                row -> routes.remove(row.text("domain"), row.text("sender")));
    }

    private StateSection deliveryRules() {
        return new StateSection(
                "deliveryRules",
                List.of("domain"),
                StateSection.fields(
                        "domain",
                        StateField.PATTERN,
                        "firstRetry",
                        StateField.TIME,
                        "longestRetry",
                        StateField.TIME,
                        "expire",
                        StateField.TIME,
                        "notice",
                        StateField.TIME,
                        "concurrency",
                        StateField.NUMBER,
                        "perMinute",
                        StateField.NUMBER,
                        "tls",
                        StateField.WORD),
                () -> destinations.rules().stream().map(StateOfServer::row).toList(),
                (row, _) -> destinations.put(new DeliveryRuleInfo(
                        row.text("domain"),
                        row.text("firstRetry"),
                        row.text("longestRetry"),
                        row.text("expire"),
                        row.text("notice"),
                        Objects.toString(row.number("concurrency"), ""),
                        Objects.toString(row.number("perMinute"), ""),
                        row.text("tls"))),
                row -> destinations.removeRule(row.text("domain")));
    }

    private static StateRow row(DeliveryRuleInfo rule) {
        return new StateRow()
                .with("domain", rule.domain())
                .with("firstRetry", orNull(rule.firstRetry()))
                .with("longestRetry", orNull(rule.longestRetry()))
                .with("expire", orNull(rule.expire()))
                .with("notice", orNull(rule.notice()))
                .with("concurrency", number(rule.concurrency()))
                .with("perMinute", number(rule.perMinute()))
                .with("tls", orNull(rule.tls()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Long number(String text) {
        return text.isEmpty() ? null : Long.valueOf(text);
    }

    private StateSection popPolicies() {
        return new StateSection(
                        "popPolicies",
                        List.of("of"),
                        StateSection.fields(
                                "of",
                                StateField.OWNER,
                                "expire",
                                StateField.EXPIRY,
                                "show",
                                StateField.WORD,
                                "markSeen",
                                StateField.TRUTH),
                        () -> popPolicies.policies().stream()
                                .map(policy -> new StateRow()
                                        .with("of", policy.of())
                                        .with("expire", policy.expire())
                                        .with("show", policy.show())
                                        .with("markSeen", policy.markSeen()))
                                .toList(),
                        (row, _) -> popPolicies.put(new PopPolicyInfo(
                                row.text("of"),
                                row.optional("expire"),
                                row.optional("show"),
                                row.get("markSeen") == null ? null : Boolean.valueOf(row.truth("markSeen")))),
                        row -> popPolicies.remove(row.text("of")))
                .vanishing();
    }

    private StateSection tenants() {
        return new StateSection(
                "tenants",
                List.of("name"),
                StateSection.fields("name", StateField.WORD, "domains", StateField.DOMAINS),
                () -> limits.tenants().stream()
                        .map(tenant -> new StateRow()
                                .with("name", tenant.name())
                                .with("domains", StateSection.sorted(tenant.domains())))
                        .toList(),
                (row, _) -> limits.putTenant(new TenantInfo(row.text("name"), row.texts("domains"))),
                row -> limits.removeTenant(row.text("name")));
    }

    /** Of domains and tenants; those of accounts stand with the accounts. */
    private StateSection limits() {
        return new StateSection(
                        "limits",
                        List.of("of"),
                        StateSection.fields(
                                "of",
                                StateField.HOLDER,
                                "octets",
                                StateField.NUMBER,
                                "messages",
                                StateField.NUMBER,
                                "messageOctets",
                                StateField.NUMBER,
                                "recipients",
                                StateField.NUMBER),
                        () -> limits.limits().stream()
                                .filter(limit -> !limit.of().contains("@"))
                                .map(StateOfServer::row)
                                .toList(),
                        (row, _) -> limits.put(LimitInfo.wish(
                                row.text("of"),
                                row.number("octets"),
                                row.number("messages"),
                                row.number("messageOctets"),
                                StateSection.small(row.number("recipients")))),
                        row -> limits.put(LimitInfo.wish(row.text("of"), null, null, null, null)))
                .vanishing();
    }

    private static StateRow row(LimitInfo limit) {
        var recipients = limit.recipients();
        return new StateRow()
                .with("of", limit.of())
                .with("octets", limit.octets())
                .with("messages", limit.messages())
                .with("messageOctets", limit.messageOctets())
                .with("recipients", recipients == null ? null : Long.valueOf(recipients));
    }

    /** Passwords and certificates stay as they are: none is written into a file. */
    private StateSection directories() {
        return new StateSection(
                "directories",
                List.of("name"),
                StateSection.fields(
                        "name",
                        StateField.WORD,
                        "domains",
                        StateField.DOMAINS,
                        "servers",
                        StateField.TEXTS,
                        "startTls",
                        StateField.TRUTH,
                        "bind",
                        StateField.TEXT,
                        "base",
                        StateField.TEXT,
                        "mapping",
                        StateField.MAPPING,
                        "adopts",
                        StateField.TRUTH,
                        "syncMinutes",
                        StateField.NUMBER,
                        "removalLimit",
                        StateField.NUMBER,
                        "enabled",
                        StateField.TRUTH),
                () -> directories.all().stream().map(StateOfServer::row).toList(),
                (row, _) -> directories.put(directory(row)),
                row -> directories.remove(row.text("name")));
    }

    private static StateRow row(DirectoryInfo directory) {
        return new StateRow()
                .with("name", directory.name())
                .with("domains", StateSection.sorted(directory.domains()))
                .with("servers", directory.servers())
                .with("startTls", directory.startTls())
                .with("bind", directory.bind())
                .with("base", directory.base())
                .with("mapping", directory.mapping())
                .with("adopts", directory.adopts())
                .with("syncMinutes", (long) directory.syncMinutes())
                .with("removalLimit", (long) directory.removalLimit())
                .with("enabled", directory.enabled());
    }

    private static DirectoryWish directory(StateRow row) {
        return new DirectoryWish(
                row.text("name"),
                row.has("domains") ? row.texts("domains") : null,
                row.has("servers") ? row.texts("servers") : null,
                truth(row, "startTls"),
                null,
                row.optional("bind"),
                null,
                row.optional("base"),
                null,
                row.optional("mapping"),
                Map.of(),
                truth(row, "adopts"),
                StateSection.small(row.number("syncMinutes")),
                StateSection.small(row.number("removalLimit")),
                truth(row, "enabled"));
    }

    private static @Nullable Boolean truth(StateRow row, String field) {
        return row.has(field) ? Boolean.valueOf(row.truth(field)) : null;
    }

    private StateSection authenticity() {
        return new StateSection(
                        "authenticity",
                        List.of("domain"),
                        StateSection.fields(
                                "domain", StateField.DOMAIN, "spf", StateField.WORD, "dmarc", StateField.WORD),
                        () -> authenticity.policies().stream()
                                .map(policy -> new StateRow()
                                        .with("domain", policy.domain())
                                        .with("spf", policy.spf())
                                        .with("dmarc", policy.dmarc()))
                                .toList(),
                        (row, _) -> authenticity.put(
                                new AuthenticityInfo(row.text("domain"), row.optional("spf"), row.optional("dmarc"))),
                        row -> authenticity.remove(row.text("domain")))
                .vanishing();
    }
}
