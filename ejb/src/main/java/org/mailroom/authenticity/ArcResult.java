package org.mailroom.authenticity;

import java.util.List;

/**
 * What came of a chain.
 *
 * @param result none, pass, fail, or temperror where DNS gave no answer
 * @param sets how many there are; 0 where they are no chain at all
 * @param sealers the domains that sealed, the last one last
 * @param reported what the first of them found (the value of its ARC-Authentication-Results), or nothing
 */
record ArcResult(Result result, int sets, List<String> sealers, String reported, String why) {
    static final ArcResult NONE = new ArcResult(Result.NONE, 0, List.of(), "", "");

    ArcResult {
        sealers = List.copyOf(sealers);
    }
}
