/** The page of what waits at groups for their moderators. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.moderation;

import org.jspecify.annotations.NullMarked;
