package org.mailroom.ldap;

import com.unboundid.ldap.sdk.Filter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** To which groups somebody belongs, himself or by groups in groups. */
final class Memberships {
    /** LDAP_MATCHING_RULE_IN_CHAIN (MS-ADTS §3.1.1.3.4.4.3). */
    private static final String IN_CHAIN = "1.2.840.113556.1.4.1941";

    private static final int MOST = 1000;

    private final LdapServers servers;
    private final Mapping mapping;

    Memberships(LdapServers servers, Mapping mapping) {
        this.servers = servers;
        this.mapping = mapping;
    }

    /** The roles that his groups give him. */
    Set<String> roles(String dn) throws NoAnswer {
        var wanted = mapping.roles();
        if (wanted.isEmpty()) {
            return Set.of();
        }
        var groups = groups(dn);
        var roles = new HashSet<String>();
        wanted.forEach((role, names) -> {
            if (names.stream().anyMatch(name -> groups.stream().anyMatch(group -> Mapping.isMeant(name, group)))) {
                roles.add(role);
            }
        });
        return roles;
    }

    /** DNs of the groups. */
    Set<String> groups(String dn) throws NoAnswer {
        return switch (mapping.membership()) {
            case IN_CHAIN -> above(Filter.createExtensibleMatchFilter("member", IN_CHAIN, false, dn));
            case MEMBER -> climb(dn, this::naming);
            case MEMBER_OF -> climb(dn, this::named);
        };
    }

    @FunctionalInterface
    private interface Step {
        Set<String> up(String dn) throws NoAnswer;
    }

    private static Set<String> climb(String dn, Step step) throws NoAnswer {
        var found = new LinkedHashSet<String>();
        var met = new HashSet<String>();
        var waiting = new ArrayDeque<>(List.of(dn));
        while (!waiting.isEmpty() && found.size() < MOST) {
            for (var group : step.up(waiting.remove())) {
                // Circles end: each is met once.
                if (met.add(group.toLowerCase(Locale.ROOT))) {
                    found.add(group);
                    waiting.add(group);
                }
            }
        }
        return found;
    }

    /** The groups that name it. */
    private Set<String> naming(String dn) throws NoAnswer {
        return above(Filter.createORFilter(mapping.member().stream()
                .map(member -> Filter.createEqualityFilter(member, dn))
                .toList()));
    }

    /** The groups that it names. */
    private Set<String> named(String dn) throws NoAnswer {
        var entry = servers.entry(dn, "memberOf");
        var values =
                entry.isEmpty() ? null : new Ranges(servers).whole(entry.get()).getAttributeValues("memberOf");
        return values == null ? Set.of() : new HashSet<>(List.of(values));
    }

    private Set<String> above(Filter members) throws NoAnswer {
        return servers.find(Filter.createANDFilter(mapping.group(), members), MOST, "1.1").stream()
                .map(entry -> entry.getDN())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
