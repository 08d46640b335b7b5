/** Who looks at the screen: the form login of people and the bearer token of programs. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.security;

import org.jspecify.annotations.NullMarked;
