package org.mailroom.queue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailroom.contract.MailException;
import org.mailroom.contract.MessageSource;
import org.mailroom.contract.Reason;
import org.mailroom.message.Messages;

/** The texts of what one turn sends, in its order: small ones are read several at a time, and only when the first is needed. */
final class Contents {
    /** Up to here a message is read in one piece. */
    private static final int SMALL = 128 * 1024;

    /** Octets that are read at a time, roughly. */
    private static final int TOGETHER = 512 * 1024;

    private final Messages messages;
    private final List<Batch> batches;
    private Map<Long, byte[]> read = Map.of();

    Contents(Messages messages, List<Batch> batches) {
        this.messages = messages;
        this.batches = batches;
    }

    /** As it is sent on: without the first line, which only final delivery adds. */
    MessageSource of(Batch batch) throws IOException, MailException {
        if (batch.size() > SMALL) {
            return ReturnPath.skipped(messages.source(batch.message()));
        }
        if (!read.containsKey(batch.message())) {
            read = messages.octets(next(batch));
        }
        var octets = read.get(batch.message());
        if (octets == null) {
            throw new MailException(Reason.EXPUNGED, "The message is gone");
        }
        return MessageSource.of(Arrays.copyOfRange(octets, ReturnPath.length(octets), octets.length));
    }

    /** This one, and those behind it that are as small. */
    private Set<Long> next(Batch first) {
        var wanted = new HashSet<>(Set.of(first.message()));
        long octets = first.size();
        for (var batch : batches.subList(batches.indexOf(first) + 1, batches.size())) {
            octets += batch.size() > SMALL ? 0 : batch.size();
            if (octets > TOGETHER) {
                break;
            }
            if (batch.size() <= SMALL) {
                wanted.add(batch.message());
            }
        }
        return wanted;
    }
}
