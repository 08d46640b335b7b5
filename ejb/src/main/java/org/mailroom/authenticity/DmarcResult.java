package org.mailroom.authenticity;

import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param from the domain of From; empty where there is not exactly one
 * @param record null where the owner published none
 * @param wish what is to become of the message; none where it passed
 */
record DmarcResult(Result result, String from, @Nullable DmarcRecord record, DmarcRecord.Wish wish, String why) {
    boolean failed() {
        return result == Result.FAIL;
    }
}
