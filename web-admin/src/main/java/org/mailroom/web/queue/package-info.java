/** The pages of mail that waits to leave. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.queue;

import org.jspecify.annotations.NullMarked;
