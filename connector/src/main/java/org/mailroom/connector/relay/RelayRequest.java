package org.mailroom.connector.relay;

import jakarta.resource.spi.ConnectionRequestInfo;
import org.mailroom.contract.relay.RelayTarget;

/** What the pool tells connections apart by. */
record RelayRequest(RelayTarget target) implements ConnectionRequestInfo {}
