package org.mailroom.queue;

import java.util.List;
import org.mailroom.contract.relay.Outcome;

/**
 * What came of sending a batch.
 *
 * @param results one for each addressee
 * @param contact how the destination showed itself
 */
record Attempt(List<Result> results, Contact contact) {
    Attempt {
        results = List.copyOf(results);
    }

    /** What is learned for other messages to the same destination. */
    enum Contact {
        /** A host spoke with us. */
        TALKED,
        /** Hosts answered, and want fewer of us, or none now. */
        TURNED_AWAY,
        /** Nobody answered: no host, or no DNS. */
        SILENT,
        /** Nobody was asked. */
        NONE
    }

    /**
     * How one addressee fared.
     *
     * @param host who said so, with its address; empty where nobody was asked
     * @param tls protocol and cipher suite, or empty
     * @param dsn whether the host took over the duty to report (RFC 3461 §6.2.1)
     */
    record Result(Batch.Addressee addressee, Outcome outcome, String host, String tls, boolean dsn) {
        /** Nobody took anything over. */
        Result(Batch.Addressee addressee, Outcome outcome, String host, String tls) {
            this(addressee, outcome, host, tls, false);
        }
    }

    /** The same for all. */
    static Attempt all(Batch batch, Outcome outcome, String host, Contact contact) {
        return new Attempt(
                batch.addressees().stream()
                        .map(addressee -> new Result(addressee, outcome, host, ""))
                        .toList(),
                contact);
    }
}
