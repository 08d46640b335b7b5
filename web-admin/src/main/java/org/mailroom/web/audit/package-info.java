/** The page of who changed what. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.audit;

import org.jspecify.annotations.NullMarked;
