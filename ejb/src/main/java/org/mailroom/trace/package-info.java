/** What happened to a message, one row a step. Arrow: may import {@code contract} and {@code config}. */
@NullMarked
package org.mailroom.trace;

import org.jspecify.annotations.NullMarked;
