/** The page on which everybody sees to his own account. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.self;

import org.jspecify.annotations.NullMarked;
