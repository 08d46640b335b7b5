/** The newest lines of Mailroom's own log, in memory. Arrow: may import {@code trace}. */
@NullMarked
package org.mailroom.logbook;

import org.jspecify.annotations.NullMarked;
