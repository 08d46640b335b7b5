package org.mailroom.admin;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mailroom.admin.AdminException.Kind;

/** The part of a state that lies in domains, of which their administrators see their own: who is there, and where mail goes. */
@Dependent
public class StateOfDomains {
    /** The section whose steps lock mailboxes. */
    static final String SHARED = "sharedMailboxes";

    @Inject
    private DomainAdmin domains;

    @Inject
    private AddressAdmin addresses;

    @Inject
    private SharedMailboxAdmin shared;

    @Inject
    private RewriteAdmin rewrites;

    List<StateSection> sections(StateOfAccounts accounts) {
        return List.of(domains(), accounts.section(), aliases(), forwards(), groups(), sharedMailboxes(), rewrites());
    }

    private StateSection domains() {
        return new StateSection(
                "domains",
                List.of("name"),
                StateSection.fields(
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
                                .with("otherNames", StateSection.sorted(domain.otherNames()))
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
            domains.catchAllOfState(name, row.optional("catchAll"));
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

    private StateSection aliases() {
        return new StateSection(
                "aliases",
                List.of("address"),
                StateSection.fields("address", StateField.OWN, "targets", StateField.ADDRESSES),
                () -> addresses.aliases().stream()
                        .map(alias -> new StateRow()
                                .with("address", alias.address())
                                .with("targets", StateSection.sorted(alias.targets())))
                        .toList(),
                (row, _) -> addresses.putAlias(new AliasInfo(row.text("address"), row.texts("targets"))),
                row -> addresses.removeAlias(row.text("address")));
    }

    private StateSection forwards() {
        return new StateSection(
                "forwards",
                List.of("account"),
                StateSection.fields(
                        "account", StateField.OWN, "keepsCopy", StateField.TRUTH, "targets", StateField.ADDRESSES),
                () -> addresses.forwards().stream()
                        .map(forward -> new StateRow()
                                .with("account", forward.account())
                                .with("keepsCopy", forward.keepsCopy())
                                .with("targets", StateSection.sorted(forward.targets())))
                        .toList(),
                (row, _) -> addresses.putForward(new ForwardInfo(
                        row.text("account"), !row.has("keepsCopy") || row.truth("keepsCopy"), row.texts("targets"))),
                row -> addresses.removeForward(row.text("account")));
    }

    private StateSection groups() {
        return new StateSection(
                "groups",
                List.of("address"),
                StateSection.fields(
                        "address",
                        StateField.OWN,
                        "displayName",
                        StateField.TEXT,
                        "whoMaySend",
                        StateField.WORD,
                        "owner",
                        StateField.ADDRESS,
                        "members",
                        StateField.ADDRESSES,
                        "moderators",
                        StateField.ADDRESSES),
                this::presentGroups,
                (row, _) -> putGroup(row),
                row -> addresses.removeGroup(row.text("address")));
    }

    private List<StateRow> presentGroups() throws AdminException {
        var rows = new ArrayList<StateRow>();
        for (var group : addresses.groups()) {
            rows.add(new StateRow()
                    .with("address", group.address())
                    .with("displayName", group.displayName())
                    .with("whoMaySend", group.whoMaySend())
                    .with("owner", group.owner())
                    .with("members", StateSection.sorted(group.members()))
                    .with("moderators", StateSection.sorted(addresses.moderators(group.address()))));
        }
        return rows;
    }

    private void putGroup(StateRow row) throws AdminException {
        var address = row.text("address");
        addresses.putGroup(new GroupInfo(
                address,
                row.text("displayName"),
                row.has("whoMaySend") ? row.text("whoMaySend") : "anybody",
                row.optional("owner"),
                row.texts("members")));
        if (row.has("moderators")
                && !row.texts("moderators").equals(StateSection.sorted(addresses.moderators(address)))) {
            addresses.putModerators(address, row.texts("moderators"));
        }
    }

    private StateSection sharedMailboxes() {
        return new StateSection(
                SHARED,
                List.of("address"),
                StateSection.fields(
                        "address",
                        StateField.OWN,
                        "displayName",
                        StateField.TEXT,
                        "quotaOctets",
                        StateField.NUMBER,
                        "members",
                        StateField.MEMBERS),
                () -> shared.all().stream()
                        .map(box -> new StateRow()
                                .with("address", box.address())
                                .with("displayName", box.displayName())
                                .with("quotaOctets", box.quotaOctets())
                                .with("members", members(box)))
                        .toList(),
                (row, _) -> putSharedMailbox(row),
                row -> shared.remove(row.text("address")));
    }

    private static List<String> members(SharedMailboxInfo box) {
        return StateSection.sorted(
                box.members().stream().map(SharedMailboxMember::line).toList());
    }

    private void putSharedMailbox(StateRow row) throws AdminException {
        var address = row.text("address");
        shared.put(address, row.text("displayName"), row.number("quotaOctets"));
        if (!row.has("members")) {
            return;
        }
        var wanted = row.texts("members");
        var now = shared.find(address).map(StateOfDomains::members).orElse(List.of());
        for (var member : now) {
            if (!wanted.contains(member)) {
                shared.removeMember(address, member.substring(0, member.indexOf(' ')));
            }
        }
        for (var member : wanted) {
            if (!now.contains(member)) {
                var words = member.split(" ");
                shared.member(address, new SharedMailboxMember(words[0], words[1], words[2]));
            }
        }
    }

    private StateSection rewrites() {
        return new StateSection(
                "rewrites",
                List.of("domain", "pattern"),
                StateSection.fields(
                        "domain",
                        StateField.DOMAIN,
                        "pattern",
                        StateField.TEXT,
                        "regular",
                        StateField.TRUTH,
                        "target",
                        StateField.TEXT,
                        "rank",
                        StateField.RANK),
                () -> rewrites.rewrites().stream()
                        .map(rewrite -> new StateRow()
                                .with("domain", rewrite.domain())
                                .with("pattern", rewrite.pattern())
                                .with("regular", rewrite.regular())
                                .with("target", rewrite.target())
                                .with("rank", rewrite.rank() == null ? null : Long.valueOf(rewrite.rank())))
                        .toList(),
                (row, _) -> rewrites.put(new RewriteInfo(
                        row.text("domain"),
                        row.text("pattern"),
                        row.truth("regular"),
                        row.text("target"),
                        StateSection.small(row.number("rank")))),
                row -> rewrites.remove(row.text("domain"), row.text("pattern")));
    }
}
