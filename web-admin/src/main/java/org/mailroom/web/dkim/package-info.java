/** The page of keys with which mail is signed. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.dkim;

import org.jspecify.annotations.NullMarked;
