package org.mailroom.ldap;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.mailroom.contract.AccountId;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.SourcedAccounts.Known;
import org.mailroom.directory.SourcedAccounts.Person;

/**
 * Compares all of a directory with our accounts and groups: first all of it is read, and only then anything is changed. Who is
 * gone is disabled and never deleted; are more gone than the limit allows, the directory is not believed and nothing is changed.
 */
@ApplicationScoped
public class Sync {
    private static final System.Logger LOG = System.getLogger(Sync.class.getName());
    private static final int LONGEST_REPORT = 500;

    @Inject
    private LdapDirectory directory;

    @Inject
    private Newcomers newcomers;

    @Inject
    private Sources sources;

    /** One at a time on a node; each change is whole in itself, so that two nodes do no harm. */
    private final ReentrantLock running = new ReentrantLock();

    public Sync() {}

    Sync(LdapDirectory directory, Newcomers newcomers, Sources sources) {
        this.directory = directory;
        this.newcomers = newcomers;
        this.sources = sources;
    }

    /** What a directory holds. */
    private record Content(List<Person> people, Map<String, Entry> groups) {}

    /** @return empty where the directory is not in use, or another comparison is under way here */
    public Optional<SyncRun> run(String name, boolean dry) {
        var source = directory.named(name);
        if (source.isEmpty() || !running.tryLock()) {
            return Optional.empty();
        }
        try {
            var run = new Run(source.get(), dry);
            var result = run.go();
            sources.ran(source.get().plan().id(), result);
            LOG.log(
                    System.Logger.Level.INFO,
                    "directory=" + name + " sync=" + result.outcome() + " dry=" + dry + " appeared=" + result.appeared()
                            + " changed=" + result.changed() + " removed=" + result.removed());
            return Optional.of(result);
        } finally {
            running.unlock();
        }
    }

    /** One comparison. */
    private final class Run {
        private final LiveSource source;
        private final SourcePlan plan;
        private final boolean dry;
        private final Instant began = Instant.now();
        private final List<String> report = new ArrayList<>();
        private int appeared;
        private int changed;
        private int removed;

        Run(LiveSource source, boolean dry) {
            this.source = source;
            this.plan = source.plan();
            this.dry = dry;
        }

        SyncRun go() {
            try {
                return follow(content());
            } catch (NoAnswer e) {
                say("the directory does not answer: " + e.text());
                return end("failed");
            }
        }

        private SyncRun follow(Content content) {
            var there = new HashSet<String>();
            content.people.forEach(person -> there.add(person.entry()));
            var known = newcomers.all(plan);
            var gone = known.stream()
                    .filter(account -> !account.state().equals("gone") && !there.contains(account.entry()))
                    .toList();
            long living = known.stream()
                    .filter(account -> !account.state().equals("gone"))
                    .count();
            long allowed = plan.removalLimit() == 0 ? 0 : Math.max(1, living * plan.removalLimit() / 100);
            if (gone.size() > allowed) {
                say(gone.size() + " of " + living + " are gone, and the limit is " + plan.removalLimit()
                        + " percent: nothing is changed");
                removed = gone.size();
                gone.forEach(account -> say("absent: " + account.address()));
                return end("stopped");
            }
            var same = new ArrayList<AccountId>();
            var byEntry = new HashMap<String, Known>();
            known.forEach(account -> byEntry.put(account.entry(), account));
            for (var person : content.people) {
                var account = byEntry.get(person.entry());
                if (account != null && account.isAs(person)) {
                    same.add(account.account());
                } else {
                    keep(person);
                }
            }
            gone.forEach(account -> {
                newcomers.gone(plan, account, dry);
                removed++;
                say("gone: " + account.address());
            });
            groups(content);
            if (!dry) {
                newcomers.seen(plan, same);
            }
            return end("done");
        }

        private void keep(Person person) {
            var kept = newcomers.keep(plan, person, dry);
            if (kept.appeared()) {
                appeared++;
                say("new: " + kept.address());
            } else if (!kept.changes().isEmpty()) {
                changed++;
                say("changed: " + kept.address() + ": " + String.join(", ", kept.changes()));
            }
            kept.problems().forEach(problem -> say("problem: " + kept.address() + ": " + problem));
        }

        /** Distribution lists: whoever is a member and has an account of ours, and groups in groups by their own address. */
        private void groups(Content content) {
            var addresses = new HashMap<String, String>();
            content.people.forEach(person -> addresses.put(
                    key(person.dn()), person.addresses().getFirst().toString()));
            content.groups.forEach((dn, group) -> {
                var address = source.reader().groupAddress(group);
                if (address != null) {
                    addresses.put(dn, address.toString());
                }
            });
            var vanished = new HashSet<MailAddress>(newcomers.groups(plan));
            content.groups.values().forEach(group -> {
                var address = source.reader().groupAddress(group);
                if (address != null) {
                    vanished.remove(address);
                    group(address, source.reader().groupName(group), members(group, content, addresses));
                }
            });
            vanished.forEach(address -> group(address, "", Set.of()));
        }

        private Set<String> members(Entry group, Content content, Map<String, String> addresses) {
            var members = new TreeSet<String>();
            var met = new HashSet<String>();
            var waiting = new ArrayDeque<>(members(group));
            while (!waiting.isEmpty()) {
                var dn = waiting.remove();
                if (!met.add(dn)) {
                    continue;
                }
                var address = addresses.get(dn);
                if (address != null) {
                    members.add(address);
                } else if (content.groups.containsKey(dn)) {
                    // A group without an address of its own stands for its members.
                    waiting.addAll(members(content.groups.get(dn)));
                }
            }
            return members;
        }

        private List<String> members(Entry group) {
            var members = new ArrayList<String>();
            for (var attribute : plan.mapping().member()) {
                var values = group.getAttributeValues(attribute);
                if (values != null) {
                    Arrays.stream(values).map(Run::key).forEach(members::add);
                }
            }
            return members;
        }

        private void group(MailAddress address, String name, Set<String> members) {
            var change = newcomers.group(plan, address, name, members, dry);
            if (change == null) {
                say("problem: the group " + address + ": the address belongs to something else");
            } else if (!change.isEmpty()) {
                changed++;
                say("group " + address + ": " + change);
            }
        }

        private Content content() throws NoAnswer {
            var groups = new LinkedHashMap<String, Entry>();
            var wanted = new ArrayList<String>(plan.mapping().member());
            wanted.addAll(plan.mapping().attributes("group-name"));
            wanted.addAll(plan.mapping().attributes("group-address"));
            source.servers()
                    .all(
                            plan.mapping().group(),
                            group -> groups.put(key(group.getDN()), group),
                            wanted.toArray(String[]::new));
            var ranges = new Ranges(source.servers());
            for (var group : groups.entrySet()) {
                group.setValue(ranges.whole(group.getValue()));
            }
            var roles = roles(groups);
            var people = new ArrayList<Person>();
            source.servers()
                    .all(
                            plan.mapping().person(),
                            entry -> source.reader()
                                    .person(entry)
                                    .ifPresent(person ->
                                            people.add(person.with(roles.getOrDefault(key(person.dn()), Set.of())))),
                            plan.mapping().ofPerson());
            return new Content(people, groups);
        }

        /** DN → roles, downward through groups in groups. */
        private Map<String, Set<String>> roles(Map<String, Entry> groups) {
            var roles = new HashMap<String, Set<String>>();
            plan.mapping().roles().forEach((role, names) -> {
                var waiting = new ArrayDeque<String>();
                groups.forEach((dn, group) -> {
                    if (names.stream().anyMatch(name -> Mapping.isMeant(name, group.getDN()))) {
                        waiting.add(dn);
                    }
                });
                var met = new HashSet<String>();
                while (!waiting.isEmpty()) {
                    var dn = waiting.remove();
                    if (met.add(dn)) {
                        roles.computeIfAbsent(dn, none -> new HashSet<>()).add(role);
                        if (groups.containsKey(dn)) {
                            waiting.addAll(members(groups.get(dn)));
                        }
                    }
                }
            });
            return roles;
        }

        private static String key(String dn) {
            try {
                return new DN(dn).toNormalizedString();
            } catch (LDAPException e) {
                return dn.toLowerCase(Locale.ROOT);
            }
        }

        private void say(String line) {
            if (report.size() < LONGEST_REPORT) {
                report.add(line.replaceAll("\\p{Cntrl}", " "));
            }
        }

        private SyncRun end(String outcome) {
            return new SyncRun(began, Instant.now(), dry, outcome, appeared, changed, removed, report);
        }
    }
}
