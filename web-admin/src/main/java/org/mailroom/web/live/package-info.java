/** Tells open pages that there is something new to fetch. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.live;

import org.jspecify.annotations.NullMarked;
