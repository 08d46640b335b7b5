package org.mailroom.directory;

/**
 * What is known of an address, and which rule knew it. Rules to come, such as rewriting by pattern, join the enum.
 *
 * @param by the rule
 */
record Found(Resolution resolution, Rule by) {
    enum Rule {
        /** The address itself is in the directory, or its domain is another's. */
        ITSELF,
        /** {@code list-bounces} and the like. */
        GROUP_ROLE,
        /** {@code user+tag} */
        SUB_ADDRESS,
        /** An {@link AddressRule}. */
        REWRITTEN,
        CATCH_ALL
    }

    static Found itself(Resolution resolution) {
        return new Found(resolution, Rule.ITSELF);
    }

    boolean isSomebody() {
        return !(resolution instanceof Resolution.Unknown);
    }
}
