package org.mailroom.connector.imap.command;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mailroom.contract.store.ThreadRow;

/** A message in a thread, or a place where one should be that is not here (RFC 5256 §3). */
final class ThreadNode {
    /** RFC 5256 §3: by sent date, and then in order of the mailbox. */
    private static final Comparator<ThreadNode> ORDER =
            Comparator.comparing(ThreadNode::sent).thenComparing(ThreadNode::uid);

    final List<ThreadNode> children = new ArrayList<>(1);

    @Nullable
    ThreadRow message;

    @Nullable
    ThreadNode parent;

    ThreadNode(@Nullable ThreadRow message) {
        this.message = message;
    }

    boolean isDummy() {
        return message == null;
    }

    void add(ThreadNode child) {
        child.parent = this;
        children.add(child);
    }

    /** Of a place without a message its first child's, which has one. */
    private ThreadRow first() {
        return message != null ? message : java.util.Objects.requireNonNull(children.getFirst().message);
    }

    private Instant sent() {
        return first().sent();
    }

    private long uid() {
        return first().uid();
    }

    static void sort(List<ThreadNode> siblings) {
        siblings.sort(ORDER);
    }

    /**
     * As RFC 5256 §4 writes them. Walks without recursion: a thread may be as long as the mailbox.
     *
     * @param named what a UID is called in the response
     */
    static String text(List<ThreadNode> threads, LongUnaryOperator named) {
        var text = new StringBuilder();
        Deque<Object> rest = new ArrayDeque<>();
        for (var thread : threads) {
            rest.push(thread);
            while (!rest.isEmpty()) {
                if (rest.pop() instanceof ThreadNode node) {
                    branch(text, rest, node, named);
                } else {
                    text.append(')');
                }
            }
        }
        return text.toString();
    }

    private static void branch(StringBuilder text, Deque<Object> rest, ThreadNode beginning, LongUnaryOperator named) {
        text.append('(');
        var node = beginning;
        while (true) {
            if (node.message != null) {
                text.append(named.applyAsLong(node.message.uid()));
                text.append(node.children.isEmpty() ? "" : " ");
            }
            if (node.children.size() != 1) {
                break;
            }
            node = node.children.getFirst();
        }
        rest.push(")");
        node.children.reversed().forEach(rest::push);
    }
}
