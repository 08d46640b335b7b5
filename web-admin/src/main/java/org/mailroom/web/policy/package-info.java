/** The pages of administrators' own rules and lists. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.policy;

import org.jspecify.annotations.NullMarked;
