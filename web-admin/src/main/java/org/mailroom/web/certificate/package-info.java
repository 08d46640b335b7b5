/** The page of what clients are shown by TLS. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.certificate;

import org.jspecify.annotations.NullMarked;
