package org.mailroom.policy;

import java.util.ArrayList;
import java.util.List;

/** What is remembered of a session between its commands: facts, and decisions that are to be told or carried out later. */
final class Course {
    /** Of one message: a few policies a step, and as many recipients as come. */
    private static final int MOST = 500;

    private final Facts connectionFacts = new Facts();
    private final List<Decision> ofConnection = new ArrayList<>();
    private Facts facts = connectionFacts.inner();
    private final List<Decision> ofTransaction = new ArrayList<>();

    /** What is to become of the message, as the rules that concern its first recipient have it; mostly nothing. */
    private List<String> fate = List.of();

    /** MAIL: what was said of the message before is forgotten. */
    void begin() {
        facts = connectionFacts.inner();
        ofTransaction.clear();
        fate = List.of();
    }

    /** Whether for a recipient who would be taken the same is to become of the message as for those before him. */
    boolean shares(List<Decision> ofRecipient, boolean first) {
        var wanted = ofRecipient.stream()
                .filter(Decision::isFate)
                .map(Decision::line)
                .toList();
        fate = first ? wanted : fate;
        return fate.equals(wanted);
    }

    Facts connectionFacts() {
        return connectionFacts;
    }

    Facts facts() {
        return facts;
    }

    void connection(List<Decision> decisions) {
        ofConnection.clear();
        ofConnection.addAll(decisions);
    }

    void add(List<Decision> decisions) {
        for (var decision : decisions) {
            // The same is said of many recipients.
            if (ofTransaction.size() < MOST && !ofTransaction.contains(decision)) {
                ofTransaction.add(decision);
            }
        }
    }

    /** In the order in which they were made. */
    List<Decision> decisions() {
        var all = new ArrayList<>(ofConnection);
        all.addAll(ofTransaction);
        return all;
    }

    boolean isEmpty() {
        return facts.isEmpty() && ofConnection.isEmpty() && ofTransaction.isEmpty();
    }
}
