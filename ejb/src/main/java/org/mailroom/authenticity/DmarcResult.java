package org.mailroom.authenticity;

import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param from the domain of From; empty where there is not exactly one
 * @param record null where the owner published none
 * @param wish what is to become of the message; none where it passed
 * @param dkim whether a signature proved the domain of From
 * @param spf whether SPF did
 */
record DmarcResult(
        Result result,
        String from,
        @Nullable DmarcRecord record,
        DmarcRecord.Wish wish,
        boolean dkim,
        boolean spf,
        String why) {
    /** One that says nothing of the message. */
    static DmarcResult none(Result result, String from, String why) {
        return new DmarcResult(result, from, null, DmarcRecord.Wish.NONE, false, false, why);
    }

    boolean failed() {
        return result == Result.FAIL;
    }
}
