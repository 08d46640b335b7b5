/**
 * The resource adapter: how the container starts and stops the wire, and how a call of the wire reaches the house. Arrow:
 * may import {@code net}, the three servers and {@code contract}.
 */
@NullMarked
package org.mailroom.connector.ra;

import org.jspecify.annotations.NullMarked;
