/** The contract in memory, for tests of the wire. Arrow: may import {@code contract}, and nobody else. */
@NullMarked
package org.mailroom.connector.memory;

import org.jspecify.annotations.NullMarked;
