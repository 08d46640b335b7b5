package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.mailroom.contract.store.ThreadRow;

/** Threads of messages with the same base subject: the oldest, and below it all others (RFC 5256 §3). */
final class OrderedSubject {
    private OrderedSubject() {}

    static List<ThreadNode> threads(List<ThreadRow> rows) {
        var nodes = new ArrayList<ThreadNode>(rows.size());
        rows.forEach(row -> nodes.add(new ThreadNode(row)));
        ThreadNode.sort(nodes);
        var roots = new LinkedHashMap<String, ThreadNode>();
        for (var node : nodes) {
            var root = roots.putIfAbsent(
                    java.util.Objects.requireNonNull(node.message).baseSubject(), node);
            if (root != null) {
                root.add(node);
            }
        }
        return List.copyOf(roots.values());
    }
}
