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

    /** MAIL: what was said of the message before is forgotten. */
    void begin() {
        facts = connectionFacts.inner();
        ofTransaction.clear();
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
