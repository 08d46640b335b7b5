/** The pages about distribution lists. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.group;

import org.jspecify.annotations.NullMarked;
