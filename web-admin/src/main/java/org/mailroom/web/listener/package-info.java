/** The page of the ports. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.listener;

import org.jspecify.annotations.NullMarked;
