package org.mailroom.queue;

import org.mailroom.contract.relay.RelayTarget;
import org.mailroom.transport.Protection;

/** A host to try, and by whose word it is protected as it is. */
record Hop(RelayTarget target, Protection protection) {}
