/** The page of the servers that share one database. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.node;

import org.jspecify.annotations.NullMarked;
