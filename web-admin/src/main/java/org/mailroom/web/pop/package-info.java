/** The page of what POP3 leaves on the server. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.pop;

import org.jspecify.annotations.NullMarked;
