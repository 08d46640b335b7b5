/**
 * SASL (RFC 4422) for all protocols: which mechanisms there are, and the server's side of each. Arrow: may import {@code net}
 * and {@code contract}; the protocols import it.
 */
@NullMarked
package org.mailroom.connector.sasl;

import org.jspecify.annotations.NullMarked;
