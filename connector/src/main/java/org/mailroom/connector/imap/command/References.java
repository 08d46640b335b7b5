package org.mailroom.connector.imap.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.ThreadRow;

/** Threads of messages that refer to each other (RFC 5256 §3, REFERENCES); the numbers are those of its steps. */
final class References {
    /** Who hangs deeper begins a thread of his own: looking for a ring costs as much as the way up is long. */
    private static final int DEEPEST = 1000;

    private final Map<String, ThreadNode> byId = new LinkedHashMap<>();
    private final List<ThreadNode> withoutId = new ArrayList<>();

    List<ThreadNode> threads(List<ThreadRow> rows) {
        rows.forEach(this::link);
        var roots = roots();
        prune(roots);
        ThreadNode.sort(roots);
        gather(roots);
        order(roots);
        return roots;
    }

    /** (1) */
    private void link(ThreadRow row) {
        var node = place(row);
        ThreadNode above = null;
        for (var id : row.references()) {
            var next = byId.computeIfAbsent(id, unknown -> new ThreadNode(null));
            if (above != null && next.parent == null && !reaches(above, next)) {
                above.add(next);
            }
            above = next;
        }
        if (node.parent != null) {
            node.parent.children.remove(node);
            node.parent = null;
        }
        if (above != null && !reaches(above, node)) {
            above.add(node);
        }
    }

    /** A Message-ID that is missing or was there already counts as one of its own. */
    private ThreadNode place(ThreadRow row) {
        if (row.messageId() != null) {
            var node = byId.computeIfAbsent(row.messageId(), unknown -> new ThreadNode(null));
            if (node.isDummy()) {
                node.message = row;
                return node;
            }
        }
        var node = new ThreadNode(row);
        withoutId.add(node);
        return node;
    }

    private static boolean reaches(@Nullable ThreadNode from, ThreadNode to) {
        int steps = 0;
        for (var node = from; node != null; node = node.parent) {
            if (node == to || ++steps > DEEPEST) {
                return true;
            }
        }
        return false;
    }

    /** (2) */
    private List<ThreadNode> roots() {
        var roots = new ArrayList<ThreadNode>();
        byId.values().stream().filter(n -> n.parent == null).forEach(roots::add);
        withoutId.stream().filter(n -> n.parent == null).forEach(roots::add);
        return roots;
    }

    /** (3) Places without a message go: their children move up, at the top only where it is one. */
    private static void prune(List<ThreadNode> roots) {
        for (var node : downwards(roots).reversed()) {
            var kept = new ArrayList<ThreadNode>(node.children.size());
            for (var child : node.children) {
                (child.isDummy() ? child.children : List.of(child)).forEach(kept::add);
            }
            node.children.clear();
            kept.forEach(node::add);
        }
        var top = new ArrayList<ThreadNode>(roots.size());
        for (var root : roots) {
            if (root.isDummy() && root.children.size() == 1) {
                root.children.getFirst().parent = null;
                top.add(root.children.getFirst());
            } else if (!root.isDummy() || !root.children.isEmpty()) {
                top.add(root);
            }
        }
        top.forEach(root -> ThreadNode.sort(root.children));
        roots.clear();
        roots.addAll(top);
    }

    /** Every node after the one it hangs on. */
    private static List<ThreadNode> downwards(List<ThreadNode> roots) {
        var all = new ArrayList<>(roots);
        for (int i = 0; i < all.size(); i++) {
            all.addAll(all.get(i).children);
        }
        return all;
    }

    /** (5) Threads of one subject become one. */
    private static void gather(List<ThreadNode> roots) {
        var bySubject = new HashMap<String, ThreadNode>();
        for (var root : roots) {
            var subject = row(root).baseSubject();
            var known = bySubject.get(subject);
            boolean better = known == null
                    || root.isDummy() && !known.isDummy()
                    || !root.isDummy()
                            && !known.isDummy()
                            && row(known).reply()
                            && !row(root).reply();
            if (!subject.isEmpty() && better) {
                bySubject.put(subject, root);
            }
        }
        for (var root : List.copyOf(roots)) {
            var known = bySubject.get(row(root).baseSubject());
            if (known != null && known != root) {
                merge(roots, bySubject, known, root);
            }
        }
    }

    private static void merge(
            List<ThreadNode> roots, Map<String, ThreadNode> bySubject, ThreadNode known, ThreadNode root) {
        roots.remove(root);
        if (known.isDummy() && root.isDummy()) {
            List.copyOf(root.children).forEach(known::add);
        } else if (known.isDummy() || row(root).reply() && !row(known).reply()) {
            known.add(root);
        } else {
            var both = new ThreadNode(null);
            roots.set(roots.indexOf(known), both);
            both.add(known);
            both.add(root);
            bySubject.put(row(known).baseSubject(), both);
        }
    }

    /** (6) From the lowest up: a dummy has its place by its first child, and which one that is must be known before. */
    private static void order(List<ThreadNode> roots) {
        downwards(roots).reversed().forEach(node -> ThreadNode.sort(node.children));
        ThreadNode.sort(roots);
    }

    private static ThreadRow row(ThreadNode root) {
        return Objects.requireNonNull(root.isDummy() ? root.children.getFirst().message : root.message);
    }
}
