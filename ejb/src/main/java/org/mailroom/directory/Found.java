package org.mailroom.directory;

/**
 * What is known of an address, and which rule knew it.
 *
 * @param by the rule
 * @param pattern the text of a rewrite, otherwise empty
 */
record Found(Resolution resolution, Rule by, String pattern) {
    Found(Resolution resolution, Rule by) {
        this(resolution, by, "");
    }

    enum Rule {
        /** The address itself is in the directory, or its domain is another's. */
        ITSELF,
        /** {@code list-bounces} and the like. */
        GROUP_ROLE,
        /** {@code user+tag} */
        SUB_ADDRESS,
        /** An {@link AddressRule}. */
        REWRITTEN,
        /** A {@link Rewrite} of the domain. */
        PATTERN,
        CATCH_ALL
    }

    static Found itself(Resolution resolution) {
        return new Found(resolution, Rule.ITSELF);
    }

    /** Whether it is for nobody in particular. */
    boolean isForAnybody() {
        return by == Rule.PATTERN || by == Rule.CATCH_ALL;
    }

    boolean isSomebody() {
        return !(resolution instanceof Resolution.Unknown);
    }
}
