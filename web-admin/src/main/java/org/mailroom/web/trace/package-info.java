/** The pages that tell what happened to a message. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.trace;

import org.jspecify.annotations.NullMarked;
