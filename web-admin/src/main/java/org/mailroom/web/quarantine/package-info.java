/** The pages of mail that was set aside. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.quarantine;

import org.jspecify.annotations.NullMarked;
