package org.mailroom.ldap;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.SourcedAccounts.Person;

/** A directory that is in use: its connections, how many may ask at a time, and who is known not to be there. */
final class LiveSource implements AutoCloseable {
    private static final int MOST_STRANGERS = 100_000;
    /** More fit a login than could be told apart. */
    private static final int MOST_NAMESAKES = 5;

    private final SourcePlan plan;
    private final LdapServers servers;
    private final Gate gate;
    private final EntryReader reader;
    private final Memberships memberships;
    private final Cache<MailAddress, Boolean> strangers;

    LiveSource(SourcePlan plan, String password, LdapSettings settings) throws BadSource {
        this.plan = plan;
        this.servers = new LdapServers(plan, password, settings);
        this.gate = new Gate(plan.name(), settings);
        this.reader = new EntryReader(plan.mapping(), plan.domains());
        this.memberships = new Memberships(servers, plan.mapping());
        this.strangers = Caffeine.newBuilder()
                .maximumSize(MOST_STRANGERS)
                .expireAfterWrite(settings.strangers())
                .build();
    }

    SourcePlan plan() {
        return plan;
    }

    LdapServers servers() {
        return servers;
    }

    EntryReader reader() {
        return reader;
    }

    boolean isStranger(MailAddress address) {
        return strangers.getIfPresent(address) != null;
    }

    /** Somebody who cannot have an account here is nobody for mail. */
    void stranger(MailAddress address) {
        strangers.put(address, true);
    }

    /** Whoever has the address, with his roles; nobody is remembered as such for a while. */
    Optional<Person> withAddress(MailAddress address) throws NoAnswer {
        var person = gate.lookup(() -> {
            for (var entry : servers.find(
                    addressed(address), MOST_NAMESAKES, plan.mapping().ofPerson())) {
                var found = reader.person(entry);
                if (found.isPresent() && found.get().addresses().contains(address)) {
                    return Optional.of(withRoles(found.get()));
                }
            }
            return Optional.<Person>empty();
        });
        if (person.isEmpty()) {
            strangers.put(address, true);
        }
        return person;
    }

    /** What became of a login. */
    sealed interface Login {
        /** The password was his. */
        record Proved(Person person) implements Login {}

        record Wrong() implements Login {}
    }

    /** Whether the name and the password belong together. Somebody unknown costs as much time as somebody with a wrong password. */
    Login login(MailAddress name, String password) throws NoAnswer {
        return gate.login(() -> {
            var found = named(name);
            if (found.isEmpty()) {
                servers.proves("cn=nobody of this name," + plan.baseDn(), password);
                return new Login.Wrong();
            }
            var person = found.get();
            return servers.proves(person.dn(), password) && !person.disabled()
                    ? new Login.Proved(withRoles(person))
                    : new Login.Wrong();
        });
    }

    /** The same of a name that is proved already. */
    Login known(MailAddress name) throws NoAnswer {
        return gate.login(() -> {
            var person = named(name).filter(found -> !found.disabled());
            return person.isPresent() ? new Login.Proved(withRoles(person.get())) : new Login.Wrong();
        });
    }

    /** Whoever has the name as his login, or as his own address; several are nobody. */
    private Optional<Person> named(MailAddress name) throws NoAnswer {
        var text = name.toString();
        var entries = servers.find(loginOf(name), MOST_NAMESAKES, plan.mapping().ofPerson());
        var byLogin = new ArrayList<Person>();
        var byAddress = new ArrayList<Person>();
        for (Entry entry : entries) {
            reader.person(entry).ifPresent(person -> {
                if (reader.logins(entry).contains(text)) {
                    byLogin.add(person);
                }
                if (person.addresses().getFirst().equals(name)) {
                    byAddress.add(person);
                }
            });
        }
        var best = byAddress.isEmpty() ? byLogin : byAddress;
        return best.size() == 1 ? Optional.of(best.getFirst()) : Optional.empty();
    }

    private Filter loginOf(MailAddress name) {
        var filters = addresses(name);
        for (var attribute : plan.mapping().attributes("login")) {
            filters.add(Filter.createEqualityFilter(attribute, name.toString()));
            filters.add(Filter.createEqualityFilter(attribute, name.localPart()));
        }
        return Filter.createANDFilter(plan.mapping().person(), Filter.createORFilter(filters));
    }

    private Filter addressed(MailAddress address) {
        var filters = addresses(address);
        if (plan.domains().size() == 1) {
            // Whoever has no address has the one of his name; which it is, the reader decides.
            for (var attribute : plan.mapping().attributes("login")) {
                filters.add(Filter.createEqualityFilter(attribute, address.localPart()));
            }
        }
        return Filter.createANDFilter(plan.mapping().person(), Filter.createORFilter(filters));
    }

    /** Values are escaped where the filter is written (RFC 4515 §3). */
    private List<Filter> addresses(MailAddress address) {
        var filters = new ArrayList<Filter>();
        for (var attribute : plan.mapping().attributes("addresses")) {
            filters.add(Filter.createEqualityFilter(attribute, address.toString()));
            if (attribute.equalsIgnoreCase("proxyAddresses")) {
                filters.add(Filter.createEqualityFilter(attribute, "smtp:" + address));
            }
        }
        return filters;
    }

    private Person withRoles(Person person) throws NoAnswer {
        return plan.mapping().roles().isEmpty()
                ? person.with(Set.of())
                : person.with(new HashSet<>(memberships.roles(person.dn())));
    }

    @Override
    public void close() {
        servers.close();
    }
}
