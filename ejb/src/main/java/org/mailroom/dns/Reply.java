package org.mailroom.dns;

import java.time.Duration;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/**
 * What the servers said to one question, with aliases followed.
 *
 * @param records of the type that was asked for; none where there are none, or no answer
 * @param name the last of the aliases
 * @param known whether the name is there
 * @param keep how long it may be remembered
 */
record Reply(List<Record> records, Name name, boolean known, boolean secure, Duration keep) {
    Reply {
        records = List.copyOf(records);
    }

    /** This, after an alias that pointed to it. */
    Reply behind(boolean alsoSecure, Duration atMost) {
        var shorter = keep.compareTo(atMost) < 0 ? keep : atMost;
        return new Reply(records, name, known, secure && alsoSecure, shorter);
    }
}
