/** The page of the routes that replace MX records. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.route;

import org.jspecify.annotations.NullMarked;
