/** The page that tells a user what to type into a mail client. Arrow: may import {@code admin}, {@code contract} and {@code web.site}. */
@NullMarked
package org.mailroom.web.connect;

import org.jspecify.annotations.NullMarked;
