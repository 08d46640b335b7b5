package org.mailroom.queue;

import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.transport.Protection;

/**
 * A host to try, and by whose word it is protected as it is.
 *
 * @param reported whether the TLS report to the domain tells of it: a host of a route is none of its business
 */
record Hop(RelayTarget target, Protection protection, boolean reported) {}
