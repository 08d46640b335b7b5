package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.BadAddress;
import org.mailroom.directory.RouteTarget;
import org.mailroom.directory.Secret;

/** What a state can name, in the order in which it can be made. Everything goes through the beans that people's changes go through. */
@Dependent
public class StateSections {
    static final String ACCOUNTS = "accounts";

    private static final int PAGE = 1000;
    private static final int OF_DOMAINS = 5;

    @Inject
    private DomainAdmin domains;

    @Inject
    private AccountAdmin accounts;

    @Inject
    private AccountOpening opening;

    @Inject
    private AddressAdmin addresses;

    @Inject
    private RoleAdmin roles;

    @Inject
    private RuleAdmin rules;

    @Inject
    private ListAdmin lists;

    @Inject
    private RouteAdmin routes;

    @Inject
    private AuthenticityAdmin authenticity;

    @Inject
    private Scope scope;

    /** Those that the caller may read; a domain administrator the first ones, of his domains. */
    List<StateSection> all() {
        return scope.seen() == null ? sections() : sections().subList(0, OF_DOMAINS);
    }

    private List<StateSection> sections() {
        return List.of(
                domains(),
                accounts(),
                aliases(),
                forwards(),
                groups(),
                roles(),
                rules(),
                lists(),
                routes(),
                authenticity());
    }

    /** The fields of each section, for the description of the API. */
    public static Map<String, Map<String, StateField>> shapes() {
        var shapes = new LinkedHashMap<String, Map<String, StateField>>();
        new StateSections().sections().forEach(section -> shapes.put(section.name(), section.fields()));
        return shapes;
    }

    /** In order. */
    private static Map<String, StateField> fields(Object... pairs) {
        var fields = new LinkedHashMap<String, StateField>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put((String) pairs[i], (StateField) pairs[i + 1]);
        }
        return fields;
    }

    private static List<String> sorted(List<String> texts) {
        return List.copyOf(new TreeSet<>(texts));
    }

    private StateSection domains() {
        return new StateSection(
                "domains",
                List.of("name"),
                fields(
                        "name",
                        StateField.DOMAIN,
                        "relayed",
                        StateField.TRUTH,
                        "otherNames",
                        StateField.DOMAINS,
                        "catchAll",
                        StateField.ADDRESS),
                () -> domains.domains().stream()
                        .map(domain -> new StateRow()
                                .with("name", domain.name())
                                .with("relayed", domain.relayed())
                                .with("otherNames", sorted(domain.otherNames()))
                                .with("catchAll", domain.catchAll()))
                        .toList(),
                this::putDomain,
                row -> domains.remove(row.text("name")));
    }

    private void putDomain(StateRow row, boolean isNew) throws AdminException {
        var name = row.text("name");
        if (isNew) {
            boolean added = row.truth("relayed") ? domains.addRelayed(name) : domains.add(name);
            if (!added) {
                throw new AdminException(Kind.CONFLICT, name + " is there already, as another name of a domain");
            }
        }
        var now = domains.domains().stream()
                .filter(domain -> domain.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AdminException(Kind.NOT_FOUND, "There is no domain " + name));
        if (row.has("relayed") && row.truth("relayed") != now.relayed()) {
            throw new AdminException(Kind.CONFLICT, name + " is there; whether it is relayed cannot be changed");
        }
        if (row.has("otherNames")) {
            putOtherNames(name, now.otherNames(), row.texts("otherNames"));
        }
        if (row.has("catchAll") && !Objects.equals(row.optional("catchAll"), now.catchAll())) {
            domains.catchAll(name, row.optional("catchAll"));
        }
    }

    private void putOtherNames(String name, List<String> now, List<String> wanted) throws AdminException {
        for (var gone : now) {
            if (!wanted.contains(gone)) {
                domains.remove(gone);
            }
        }
        for (var added : wanted) {
            if (!now.contains(added) && !domains.addAlias(added, name)) {
                throw new AdminException(Kind.CONFLICT, added + " is there already");
            }
        }
    }

    private StateSection accounts() {
        return new StateSection(
                ACCOUNTS,
                List.of("address"),
                fields(
                        "address",
                        StateField.OWN,
                        "displayName",
                        StateField.TEXT,
                        "enabled",
                        StateField.TRUTH,
                        "quotaOctets",
                        StateField.NUMBER,
                        "quotaMessages",
                        StateField.NUMBER,
                        "aliases",
                        StateField.ALIASES),
                this::presentAccounts,
                (row, _) -> putAccount(row, null),
                row -> accounts.remove(row.text("address")));
    }

    /** Those that were removed are gone, though they can be had back. */
    private List<StateRow> presentAccounts() {
        var rows = new ArrayList<StateRow>();
        for (int offset = 0; ; offset += PAGE) {
            var page = accounts.accounts("", offset, PAGE).rows();
            page.stream()
                    .filter(account -> account.removal() == null)
                    .map(account -> new StateRow()
                            .with("address", account.address())
                            .with("displayName", account.displayName())
                            .with("enabled", account.enabled())
                            .with("quotaOctets", account.quotaOctets())
                            .with("quotaMessages", account.quotaMessages())
                            .with("aliases", sorted(account.aliases())))
                    .forEach(rows::add);
            if (page.size() < PAGE) {
                return rows;
            }
        }
    }

    /** Whether it was removed, and can be had back. */
    boolean isLeaving(String address) {
        return accounts.find(address).filter(there -> there.removal() != null).isPresent();
    }

    /** @param secret of one that is new; null where it is there, or comes back */
    void putAccount(StateRow row, @Nullable Secret secret) throws AdminException {
        var address = row.text("address");
        if (secret != null) {
            opening.open(Texts.address(address), Texts.displayName(row.text("displayName")), secret, "");
        } else if (isLeaving(address)) {
            accounts.restore(address);
        }
        var now = accounts.find(address).orElseThrow(() -> AccountAdmin.missing(Texts.known(address)));
        var wish = change(row, now);
        if (wish.displayName() != null || wish.quota() != null || wish.enabled() != null) {
            accounts.change(address, wish);
        }
        if (row.has("aliases")) {
            putAliases(address, now.aliases(), row.texts("aliases"));
        }
    }

    private static AccountChange change(StateRow row, AccountInfo now) {
        var octets = row.has("quotaOctets") ? row.number("quotaOctets") : now.quotaOctets();
        var messages = row.has("quotaMessages") ? row.number("quotaMessages") : now.quotaMessages();
        boolean quota = !Objects.equals(octets, now.quotaOctets()) || !Objects.equals(messages, now.quotaMessages());
        return new AccountChange(
                row.has("displayName") && !row.text("displayName").equals(now.displayName())
                        ? row.text("displayName")
                        : null,
                quota ? new AccountChange.Quota(octets, messages) : null,
                row.has("enabled") && row.truth("enabled") != now.enabled() ? row.truth("enabled") : null);
    }

    private void putAliases(String address, List<String> now, List<String> wanted) throws AdminException {
        for (var gone : now) {
            if (!wanted.contains(gone)) {
                accounts.removeAlias(address, gone);
            }
        }
        for (var added : wanted) {
            if (!now.contains(added)) {
                accounts.alias(address, added);
            }
        }
    }

    private StateSection aliases() {
        return new StateSection(
                "aliases",
                List.of("address"),
                fields("address", StateField.OWN, "targets", StateField.ADDRESSES),
                () -> addresses.aliases().stream()
                        .map(alias -> new StateRow()
                                .with("address", alias.address())
                                .with("targets", sorted(alias.targets())))
                        .toList(),
                (row, _) -> addresses.putAlias(new AliasInfo(row.text("address"), row.texts("targets"))),
                row -> addresses.removeAlias(row.text("address")));
    }

    private StateSection forwards() {
        return new StateSection(
                "forwards",
                List.of("account"),
                fields("account", StateField.OWN, "keepsCopy", StateField.TRUTH, "targets", StateField.ADDRESSES),
                () -> addresses.forwards().stream()
                        .map(forward -> new StateRow()
                                .with("account", forward.account())
                                .with("keepsCopy", forward.keepsCopy())
                                .with("targets", sorted(forward.targets())))
                        .toList(),
                (row, _) -> addresses.putForward(new ForwardInfo(
                        row.text("account"), !row.has("keepsCopy") || row.truth("keepsCopy"), row.texts("targets"))),
                row -> addresses.removeForward(row.text("account")));
    }

    private StateSection groups() {
        return new StateSection(
                "groups",
                List.of("address"),
                fields(
                        "address",
                        StateField.OWN,
                        "displayName",
                        StateField.TEXT,
                        "whoMaySend",
                        StateField.WORD,
                        "owner",
                        StateField.ADDRESS,
                        "members",
                        StateField.ADDRESSES),
                () -> addresses.groups().stream()
                        .map(group -> new StateRow()
                                .with("address", group.address())
                                .with("displayName", group.displayName())
                                .with("whoMaySend", group.whoMaySend())
                                .with("owner", group.owner())
                                .with("members", sorted(group.members())))
                        .toList(),
                (row, _) -> addresses.putGroup(new GroupInfo(
                        row.text("address"),
                        row.text("displayName"),
                        row.has("whoMaySend") ? row.text("whoMaySend") : "anybody",
                        row.optional("owner"),
                        row.texts("members"))),
                row -> addresses.removeGroup(row.text("address")));
    }

    private StateSection roles() {
        return new StateSection(
                "roles",
                List.of("address", "role", "domain"),
                fields("address", StateField.OWN, "role", StateField.WORD, "domain", StateField.DOMAIN),
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
                fields(
                        "name",
                        StateField.TEXT,
                        "position",
                        StateField.NUMBER,
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
        var position = row.number("position");
        return new RuleInfo(
                row.text("name"),
                position == null ? RuleInfo.POSITION : (int) Math.clamp(position, 0, 1_000_000),
                !row.has("enabled") || row.truth("enabled"),
                row.text("action"),
                row.texts("conditions"),
                row.text("reason"));
    }

    private StateSection lists() {
        return new StateSection(
                "lists",
                List.of("pattern", "subject", "owner"),
                fields(
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
                fields(
                        "domain",
                        StateField.WORD,
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

    /** Hosts as they are kept. */
    static String hosts(String typed) throws AdminException {
        try {
            return RouteTarget.parseAll(typed).stream()
                    .map(RouteTarget::toString)
                    .collect(Collectors.joining(" "));
        } catch (BadAddress e) {
            throw new AdminException(Kind.INVALID, e.text());
        }
    }

    private StateSection authenticity() {
        return new StateSection(
                "authenticity",
                List.of("domain"),
                fields("domain", StateField.DOMAIN, "spf", StateField.WORD, "dmarc", StateField.WORD),
                () -> authenticity.policies().stream()
                        .map(policy -> new StateRow()
                                .with("domain", policy.domain())
                                .with("spf", policy.spf())
                                .with("dmarc", policy.dmarc()))
                        .toList(),
                (row, _) -> authenticity.put(
                        new AuthenticityInfo(row.text("domain"), row.optional("spf"), row.optional("dmarc"))),
                row -> authenticity.remove(row.text("domain")));
    }
}
