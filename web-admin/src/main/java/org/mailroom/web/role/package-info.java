/** The page of who may administer what. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.role;

import org.jspecify.annotations.NullMarked;
