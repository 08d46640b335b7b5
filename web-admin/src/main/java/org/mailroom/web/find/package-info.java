/** One search for all that the console knows. Arrow: may import {@code admin}, {@code web.security} and {@code web.site}. */
@NullMarked
package org.mailroom.web.find;

import org.jspecify.annotations.NullMarked;
