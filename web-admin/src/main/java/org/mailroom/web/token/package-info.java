/** Tokens of the REST API. Arrow: may import {@code admin}, {@code web.security} and {@code web.site}. */
@NullMarked
package org.mailroom.web.token;

import org.jspecify.annotations.NullMarked;
