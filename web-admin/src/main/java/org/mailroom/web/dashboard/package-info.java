/** The first page: how the server does. Arrow: may import {@code admin}, {@code contract} and {@code web.site}. */
@NullMarked
package org.mailroom.web.dashboard;

import org.jspecify.annotations.NullMarked;
