/** The page of the node's log. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.logbook;

import org.jspecify.annotations.NullMarked;
