package org.mailroom.contract;

import java.util.List;
import java.util.Map;

/**
 * Who sends and who receives (RFC 5321 §2.3.1), with what each command asked for.
 *
 * @param reversePath the address of MAIL FROM without brackets; empty marks a bounce
 * @param parameters the parameters of MAIL, keyword in upper case, value as it was sent and empty where there was none (RFC
 *     5321 §4.1.2)
 * @param recipients in the order of their RCPT commands
 */
public record Envelope(String reversePath, Map<String, String> parameters, List<Recipient> recipients) {
    public Envelope {
        parameters = Map.copyOf(parameters);
        recipients = List.copyOf(recipients);
    }

    /** An envelope without parameters, as most are. */
    public static Envelope of(String reversePath, List<String> forwardPaths) {
        return new Envelope(
                reversePath, Map.of(), forwardPaths.stream().map(Recipient::of).toList());
    }

    public boolean isBounce() {
        return reversePath.isEmpty();
    }

    /**
     * One forward path.
     *
     * @param address without brackets and source route
     * @param parameters of RCPT, as above
     */
    public record Recipient(String address, Map<String, String> parameters) {
        public Recipient {
            parameters = Map.copyOf(parameters);
        }

        public static Recipient of(String address) {
            return new Recipient(address, Map.of());
        }
    }
}
