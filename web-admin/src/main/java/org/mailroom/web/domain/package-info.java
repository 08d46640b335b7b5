/** The page of our mail domains. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.domain;

import org.jspecify.annotations.NullMarked;
