package org.mailroom.connector.relay;

import jakarta.resource.spi.ConnectionRequestInfo;
import org.mailroom.contract.relay.Authorities;
import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.contract.relay.RelayTimeouts;

/**
 * What a connection is wanted for.
 *
 * @param target by which the pool tells connections apart
 */
record RelayRequest(RelayTarget target, RelayTimeouts timeouts, Authorities authorities)
        implements ConnectionRequestInfo {}
