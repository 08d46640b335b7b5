package org.mailroom.dns;

import java.util.List;

/** What DNS says to one question. */
public sealed interface Answer<T> {
    /**
     * @param values never empty
     * @param secure whether the owner's signature was seen to be good, all along the aliases
     * @param name the one that has the records: at the end of the aliases (CNAME), lower case, without the last dot
     */
    record Found<T>(List<T> values, boolean secure, String name) implements Answer<T> {
        public Found {
            values = List.copyOf(values);
        }
    }

    /**
     * There is no such record: a void look-up (RFC 7208 §4.6.4).
     *
     * @param name whether the name is there, with other types of records
     * @param secure whether it was shown that there is none
     */
    record None<T>(boolean name, boolean secure) implements Answer<T> {}

    /** The servers did not answer, or in vain, or somebody tampered with the answer. */
    record Unknown<T>(String why) implements Answer<T> {}
}
