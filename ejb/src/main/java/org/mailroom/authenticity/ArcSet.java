package org.mailroom.authenticity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one handler added (RFC 8617 §4.2). */
record ArcSet(int instance, Field results, Field message, Field seal, TagList messageTags, TagList sealTags) {
    static final String RESULTS = "arc-authentication-results";
    static final String MESSAGE = "arc-message-signature";
    static final String SEAL = "arc-seal";
    private static final int MOST = 50;

    /** The sets in order; none where nobody added one. Throws where they are no chain (RFC 8617 §5.2). */
    static List<ArcSet> of(Header header) throws MalformedException {
        var results = byInstance(header.all(RESULTS));
        var messages = byInstance(header.all(MESSAGE));
        var seals = byInstance(header.all(SEAL));
        if (!results.keySet().equals(seals.keySet()) || !messages.keySet().equals(seals.keySet())) {
            throw new MalformedException("a set is not complete");
        }
        var sets = new ArrayList<ArcSet>();
        for (int i = 1; i <= seals.size(); i++) {
            var seal = seals.get(i);
            var message = messages.get(i);
            var result = results.get(i);
            if (seal == null || message == null || result == null) {
                throw new MalformedException("a set is missing");
            }
            sets.add(new ArcSet(i, result, message, seal, TagList.of(message.value()), TagList.of(seal.value())));
        }
        return sets;
    }

    private static Map<Integer, Field> byInstance(List<Field> fields) throws MalformedException {
        if (fields.size() > MOST) {
            throw new MalformedException("too many sets");
        }
        var found = new TreeMap<Integer, Field>();
        for (var field : fields) {
            if (found.put(instance(field), field) != null) {
                throw new MalformedException("two sets with one number");
            }
        }
        return found;
    }

    private static int instance(Field field) throws MalformedException {
        var value = field.value();
        // Behind i= the results have a list of another form.
        var tags = TagList.of(field.name().equals(RESULTS) ? value.split(";", 2)[0] : value);
        long instance = tags.number("i").orElse(0L);
        if (instance < 1 || instance > MOST) {
            throw new MalformedException("i= is no number of a set");
        }
        return (int) instance;
    }

    /** cv= of the seal. */
    String chain() {
        return sealTags.word("cv", "");
    }
}
