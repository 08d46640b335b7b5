/** The page of what is done with mail that does not come from whom it says. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.authenticity;

import org.jspecify.annotations.NullMarked;
