package org.mailroom.contract.relay;

import java.io.IOException;
import java.io.Serializable;

/** The connector's outbound side; the container pools its connections by target. */
public interface RelayConnectionFactory extends Serializable {
    /**
     * A connection to one host, greeted, under TLS where the target asks for it, and ready for MAIL.
     *
     * @param timeouts for a connection that is made anew; one from the pool keeps those that it was made with
     * @param authorities who may vouch for the host; the same for all of a pool
     * @throws RelayException where the host cannot be reached or does not want us; the text says what it answered
     * @throws IOException where the pool has no connection to give in time
     */
    Relay connect(RelayTarget target, RelayTimeouts timeouts, Authorities authorities) throws IOException;
}
