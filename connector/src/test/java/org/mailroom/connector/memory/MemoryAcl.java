package org.mailroom.connector.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.mailroom.contract.store.Rights;
import org.mailroom.contract.store.RightsChange;

/** Who may do what with a mailbox that is not his: identifiers as they were written, a dash before negative ones. */
final class MemoryAcl {
    final Map<String, Rights> entries = new LinkedHashMap<>();

    /** @param names by which an account goes: its address and those of its groups */
    Rights rights(Set<String> names) {
        var given = Rights.NONE;
        var taken = Rights.NONE;
        for (var entry : entries.entrySet()) {
            boolean negative = entry.getKey().startsWith("-");
            var name = negative ? entry.getKey().substring(1) : entry.getKey();
            if (name.equals("anyone") || names.contains(name)) {
                given = negative ? given : given.and(entry.getValue());
                taken = negative ? taken.and(entry.getValue()) : taken;
            }
        }
        return given.without(taken);
    }

    void change(String identifier, RightsChange change) {
        var after = change.to(entries.getOrDefault(identifier, Rights.NONE));
        if (after.isEmpty()) {
            entries.remove(identifier);
        } else {
            entries.put(identifier, after);
        }
    }
}
