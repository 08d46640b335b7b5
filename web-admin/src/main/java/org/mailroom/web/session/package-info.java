/** The page of the clients that are connected. Arrow: may import {@code admin}, {@code contract} and {@code web.site}. */
@NullMarked
package org.mailroom.web.session;

import org.jspecify.annotations.NullMarked;
