/** The page that leads through the first start. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.setup;

import org.jspecify.annotations.NullMarked;
