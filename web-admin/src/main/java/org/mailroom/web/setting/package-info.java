/** The page of what is configured. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.setting;

import org.jspecify.annotations.NullMarked;
