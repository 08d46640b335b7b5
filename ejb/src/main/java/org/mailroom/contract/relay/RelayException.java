package org.mailroom.contract.relay;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host that could not be reached, or refused us before the first MAIL. */
public class RelayException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;
    private final @Nullable TlsTrouble tls;

    public RelayException(Outcome outcome) {
        this(outcome, null);
    }

    public RelayException(Outcome outcome, @Nullable TlsTrouble tls) {
        super(outcome.text());
        this.outcome = outcome;
        this.tls = tls;
    }

    /** What to note for each recipient. */
    public Outcome outcome() {
        return outcome;
    }

    /** What was wrong with TLS, where that is the reason. */
    public Optional<TlsTrouble> tls() {
        return Optional.ofNullable(tls);
    }
}
