package org.mailroom.contract.relay;

import java.io.IOException;

/** A host that could not be reached, or refused us before the first MAIL. */
public class RelayException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Outcome outcome;

    public RelayException(Outcome outcome) {
        super(outcome.text());
        this.outcome = outcome;
    }

    /** What to note for each recipient. */
    public Outcome outcome() {
        return outcome;
    }
}
