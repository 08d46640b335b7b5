/** The page of what may be used. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.limit;

import org.jspecify.annotations.NullMarked;
