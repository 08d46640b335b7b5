/** The page of shared mailboxes and their members. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.shared;

import org.jspecify.annotations.NullMarked;
