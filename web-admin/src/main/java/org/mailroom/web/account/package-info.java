/** The pages of the accounts. Arrow: may import {@code admin} and {@code web.site}. */
@NullMarked
package org.mailroom.web.account;

import org.jspecify.annotations.NullMarked;
