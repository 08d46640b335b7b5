package org.mailroom.content;

/** What a policy thinks of a message. */
public sealed interface ContentVerdict {
    /** The policy that decided, as the trace names it. */
    String rule();

    /** What was found, in one line of printable ASCII: the score, or why there is none. */
    String detail();

    /** Nothing speaks against it; the next policy is asked. */
    record Accept(String rule, String detail) implements ContentVerdict {}

    /** Taken, and put where junk belongs; the next policy is asked. */
    record Junk(String rule, String detail) implements ContentVerdict {}

    /**
     * For good.
     *
     * @param text one line for people, without reply code
     */
    record Refuse(String rule, String detail, String text) implements ContentVerdict {}

    /** For now. */
    record Defer(String rule, String detail, String text) implements ContentVerdict {}
}
