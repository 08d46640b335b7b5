/** The tables: brought up to date before anybody reads them, on a database that keeps what it commits. Arrow: may import {@code config}. */
@NullMarked
package org.mailroom.schema;

import org.jspecify.annotations.NullMarked;
