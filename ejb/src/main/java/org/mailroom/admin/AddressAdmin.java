package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Directory;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.Redirections;
import org.mailroom.directory.Redirections.ListedAlias;
import org.mailroom.directory.Redirections.ListedForward;
import org.mailroom.directory.Redirections.ListedGroup;
import org.mailroom.directory.Resolution;
import org.mailroom.directory.WhoMaySend;

/** Addresses whose mail goes on to others: aliases, forwards and groups; and where mail for any address would go. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
public class AddressAdmin {
    private static final int MOST_TARGETS = 100;
    private static final int MOST_MEMBERS = 5000;
    private static final int MOST_SHOWN = 1000;

    @Inject
    private Directory directory;

    @Inject
    private Redirections redirections;

    @Inject
    private Scope scope;

    @Inject
    private Audit audit;

    /** Where mail for the address would go now, step by step; says so too of what is no address. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR})
    public AddressExplained explain(String address) throws AdminException {
        if (!scope.sees(address.strip().toLowerCase(Locale.ROOT))) {
            throw new AdminException(Kind.FORBIDDEN, address.strip() + " is in a domain that you do not administer");
        }
        var expansion = directory.whereTo(address.strip());
        return new AddressExplained(
                expansion.address(),
                expansion.arrives(),
                expansion.lines(step -> scope.sees(step.toLowerCase(Locale.ROOT))));
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public List<AliasInfo> aliases() {
        return redirections.aliases().stream()
                .filter(alias -> scope.sees(alias.address()))
                .map(alias -> new AliasInfo(alias.address(), alias.targets()))
                .toList();
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public List<ForwardInfo> forwards() {
        return redirections.forwards().stream()
                .filter(forward -> scope.sees(forward.account()))
                .map(forward -> new ForwardInfo(forward.account(), forward.keepsCopy(), forward.targets()))
                .toList();
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public List<GroupInfo> groups() {
        return redirections.groups().stream()
                .filter(group -> scope.sees(group.address()))
                .map(AddressAdmin::info)
                .toList();
    }

    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public Optional<GroupInfo> group(String address) throws AdminException {
        var parsed = Texts.address(address);
        return redirections
                .group(parsed)
                .filter(group -> scope.sees(parsed.domain()))
                .map(AddressAdmin::info);
    }

    private static GroupInfo info(ListedGroup group) {
        return new GroupInfo(
                group.address(), group.displayName(), group.whoMaySend().word(), group.owner(), group.members());
    }

    /** Makes an alias that leads to these addresses, or has it lead to them from now on. True where there was none. */
    public boolean putAlias(AliasInfo wish) throws AdminException {
        var address = Texts.address(wish.address());
        scope.change(address.domain());
        var targets = addresses(wish.targets(), MOST_TARGETS);
        needed(targets);
        var before = redirections.alias(address);
        if (!redirections.putAlias(address, targets)) {
            throw taken(address);
        }
        note("alias.put", address.toString(), before.map(ListedAlias::targets), targets);
        return before.isEmpty();
    }

    public void removeAlias(String text) throws AdminException {
        var address = Texts.address(text);
        scope.change(address.domain());
        var before = redirections.alias(address).orElseThrow(() -> missing("alias", address));
        redirections.removeAlias(address);
        note("alias.remove", address.toString(), Optional.of(before.targets()), "");
    }

    /** Sends the mail of an account on. True where it was not before. */
    public boolean putForward(ForwardInfo wish) throws AdminException {
        var account = Texts.address(wish.account());
        scope.changeAccount(account);
        var targets = addresses(wish.targets(), MOST_TARGETS);
        needed(targets);
        var before = redirections.forward(account);
        if (!redirections.putForward(account, targets, wish.keepsCopy())) {
            throw missing("account", account);
        }
        note(
                "forward.put",
                account.toString(),
                before.map(AddressAdmin::text),
                text(new ListedForward("", wish.keepsCopy(), targets)));
        return before.isEmpty();
    }

    public void removeForward(String text) throws AdminException {
        var account = Texts.address(text);
        scope.changeAccount(account);
        var before = redirections.forward(account).orElseThrow(() -> missing("forward of", account));
        redirections.removeForward(account);
        note("forward.remove", account.toString(), Optional.of(text(before)), "");
    }

    private static String text(ListedForward forward) {
        return forward.targets() + (forward.keepsCopy() ? " and a copy" : "");
    }

    /** Makes a group, or has it be as it is wished from now on. True where there was none. */
    public boolean putGroup(GroupInfo wish) throws AdminException {
        var address = Texts.address(wish.address());
        scope.change(address.domain());
        var before = redirections.group(address);
        var owner = wish.owner() == null || wish.owner().isBlank() ? null : Texts.anyAddress(wish.owner());
        var group = new ListedGroup(
                address.toString(),
                Texts.displayName(wish.displayName()),
                whoMaySend(wish.whoMaySend()),
                owner,
                addresses(wish.members(), MOST_MEMBERS));
        if (!redirections.putGroup(group, address)) {
            throw taken(address);
        }
        note("group.put", address.toString(), before.map(AddressAdmin::text), text(group));
        return before.isEmpty();
    }

    /** Who is in a group, and what each of them is; in the order of the group. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public Page<GroupMember> members(String text, int offset, int limit) throws AdminException {
        var all = group(text).orElseThrow(() -> missing("group", text)).members();
        int from = Math.clamp(offset, 0, all.size());
        int to = Math.min(all.size(), from + Math.clamp(limit, 1, MOST_SHOWN));
        return new Page<>(
                all.subList(from, to).stream()
                        .map(member -> new GroupMember(member, kind(member)))
                        .toList(),
                all.size());
    }

    private String kind(String member) {
        if (!scope.sees(member)) {
            return "elsewhere";
        }
        return switch (directory.resolve(member)) {
            case Resolution.Local _ -> "account";
            case Resolution.Disabled _ -> "disabled";
            case Resolution.Group _ -> "group";
            case Resolution.Aliased _ -> "alias";
            case Resolution.NotOurs _, Resolution.Relayed _, Resolution.Unseen _ -> "elsewhere";
            case Resolution.Unknown _ -> "nobody";
        };
    }

    /** Adds members to a group, and takes others from it. */
    public GroupInfo changeMembers(String text, List<String> joining, List<String> leaving) throws AdminException {
        var address = Texts.address(text);
        scope.change(address.domain());
        var group = group(text).orElseThrow(() -> missing("group", address));
        var members = new LinkedHashSet<>(group.members());
        members.removeAll(addresses(leaving, MOST_MEMBERS));
        members.addAll(addresses(joining, MOST_MEMBERS));
        var changed = new GroupInfo(
                group.address(), group.displayName(), group.whoMaySend(), group.owner(), List.copyOf(members));
        putGroup(changed);
        return changed;
    }

    /** Who lets through what those send to a group who may not; nobody where it is refused. */
    @RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR, Role.AUDITOR})
    public List<String> moderators(String text) throws AdminException {
        var address = Texts.address(text);
        if (redirections.group(address).isEmpty() || !scope.sees(address.domain())) {
            throw missing("group", address);
        }
        return redirections.moderators(address);
    }

    /** Empty: what others send is refused from now on. */
    public void putModerators(String text, List<String> moderators) throws AdminException {
        var address = Texts.address(text);
        scope.change(address.domain());
        var wanted = addresses(moderators, MOST_TARGETS);
        var now = directory.anew();
        for (var moderator : wanted) {
            if (!(now.resolve(moderator) instanceof Resolution.Local)) {
                throw new AdminException(
                        Kind.INVALID, moderator + " has no account here, and could not log in to decide");
            }
        }
        var before = redirections.moderators(address);
        if (!redirections.putModerators(address, wanted)) {
            throw missing("group", address);
        }
        note("group.moderators", address.toString(), Optional.of(before), wanted);
    }

    public void removeGroup(String text) throws AdminException {
        var address = Texts.address(text);
        scope.change(address.domain());
        var before = redirections.group(address).orElseThrow(() -> missing("group", address));
        redirections.removeGroup(address);
        note("group.remove", address.toString(), Optional.of(text(before)), "");
    }

    private static String text(ListedGroup group) {
        return group.displayName() + " senders=" + group.whoMaySend().word() + " owner=" + group.owner() + " members="
                + group.members();
    }

    private static WhoMaySend whoMaySend(String word) throws AdminException {
        for (var value : WhoMaySend.values()) {
            if (value.word().equals(word)) {
                return value;
            }
        }
        throw new AdminException(Kind.INVALID, "Who may send is one of anybody, members, accounts");
    }

    private static List<String> addresses(List<String> texts, int most) throws AdminException {
        var addresses = new LinkedHashSet<String>();
        for (var text : texts) {
            addresses.add(Texts.anyAddress(text));
        }
        if (addresses.size() > most) {
            throw new AdminException(Kind.INVALID, "No more than " + most + " addresses");
        }
        return List.copyOf(addresses);
    }

    private static void needed(List<String> targets) throws AdminException {
        if (targets.isEmpty()) {
            throw new AdminException(Kind.INVALID, "Name at least one address to which the mail goes");
        }
    }

    private AdminException taken(MailAddress address) {
        return redirections.isTaken(address)
                ? new AdminException(Kind.CONFLICT, address + " is there already, and something else")
                : new AdminException(Kind.NOT_FOUND, "There is no domain " + address.domain() + "; add it first");
    }

    private static AdminException missing(String what, Object address) {
        return new AdminException(Kind.NOT_FOUND, "There is no " + what + " " + address);
    }

    private void note(String action, String object, Optional<?> before, Object after) {
        audit.write(
                action,
                object,
                before.map(was -> "before=" + was + " ").orElse("") + (after.equals("") ? "" : "after=" + after));
    }
}
