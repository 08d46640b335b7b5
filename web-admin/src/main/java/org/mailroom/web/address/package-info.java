/** The page of where mail for addresses goes. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.address;

import org.jspecify.annotations.NullMarked;
