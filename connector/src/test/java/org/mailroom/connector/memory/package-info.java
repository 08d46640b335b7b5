/** The contract in memory, for tests of the protocols: no database, no container. Arrow: may import {@code contract}, and nobody else. */
package org.mailroom.connector.memory;
