package org.mailroom.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account may send, and how large a message to it may be.
 *
 * @param messageOctets the account's own, else its domain's, else its tenant's; null: what the server takes
 * @param rates recipients an hour, of the account, its domain and its tenant
 */
public record SendLimits(@Nullable Long messageOctets, List<HourlyRate> rates) {
    static final SendLimits NONE = new SendLimits(null, List.of());

    public SendLimits {
        rates = List.copyOf(rates);
    }

    /** @param of whose it is, for people; unique */
    public record HourlyRate(String of, int recipients) {}
}
