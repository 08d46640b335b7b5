/** The REST API: what the console can do, for programs. Arrow: may import {@code admin}, {@code contract}, {@code web.security}, {@code web.site} and {@code web.trace}. */
@NullMarked
package org.mailroom.web.api;

import org.jspecify.annotations.NullMarked;
