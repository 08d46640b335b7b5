package org.mailroom.rules;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mailroom.policy.Network;
import org.mailroom.rules.ListEntry.Subject;

/** All lists in memory: a look-up costs as many steps as an address has labels, however long they are. */
final class ListIndex {
    private final Map<Key, ListEntry> entries = new HashMap<>();
    private final Map<String, List<Ranged>> networks = new HashMap<>();

    private record Key(String owner, Subject subject, String pattern) {}

    private record Ranged(Network network, ListEntry entry) {}

    ListIndex(List<ListEntry> all) {
        for (var entry : all) {
            if (entry.pattern().contains("/")) {
                networks.computeIfAbsent(entry.owner(), none -> new ArrayList<>())
                        .add(new Ranged(Network.parse(entry.pattern()), entry));
            } else {
                entries.put(new Key(entry.owner(), entry.subject(), entry.pattern()), entry);
            }
        }
    }

    boolean isEmpty() {
        return entries.isEmpty() && networks.isEmpty();
    }

    /**
     * What the nearest list says: that of the account before that of its domain, and in one the narrowest pattern.
     *
     * @param owners from near to far
     * @param address lower case; empty where the sender is nobody (a bounce)
     * @param client from where, if it is about senders
     */
    Optional<ListEntry> find(List<String> owners, Subject subject, String address, @Nullable InetAddress client) {
        return owners.stream()
                .map(owner -> find(owner, subject, address, client))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<ListEntry> find(String owner, Subject subject, String address, @Nullable InetAddress client) {
        for (var pattern : patterns(address)) {
            var entry = entries.get(new Key(owner, subject, pattern));
            if (entry != null) {
                return Optional.of(entry);
            }
        }
        return network(owner, client).or(() -> Optional.ofNullable(entries.get(new Key(owner, subject, "*"))));
    }

    /** From the address to the shortest domain above it. */
    private static List<String> patterns(String address) {
        var patterns = new ArrayList<String>();
        if (!address.isEmpty()) {
            patterns.add(address);
            var domain = address.substring(address.lastIndexOf('@') + 1);
            patterns.add(domain);
            patterns.add("." + domain);
            for (int dot = domain.indexOf('.'); dot >= 0; dot = domain.indexOf('.', dot + 1)) {
                patterns.add(domain.substring(dot));
            }
        }
        return patterns;
    }

    private Optional<ListEntry> network(String owner, @Nullable InetAddress client) {
        return client == null
                ? Optional.empty()
                : networks.getOrDefault(owner, List.of()).stream()
                        .filter(ranged -> ranged.network().contains(client))
                        .max((one, other) -> Integer.compare(
                                one.network().bits(), other.network().bits()))
                        .map(Ranged::entry);
    }
}
