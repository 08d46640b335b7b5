/**
 * What the three servers share: listeners, framing, TLS, limits, and the way from Netty's event loop to a worker where a
 * command may take its time. Arrow: may import {@code contract}; it knows none of the protocols.
 */
@NullMarked
package org.mailroom.connector.net;

import org.jspecify.annotations.NullMarked;
