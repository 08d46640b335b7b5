/** The page of logins that are slowed. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.slowed;

import org.jspecify.annotations.NullMarked;
