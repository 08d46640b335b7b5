/** The pages of the accounts. Arrow: may import {@code admin}, {@code web.site} and {@code web.self}. */
@NullMarked
package org.mailroom.web.account;

import org.jspecify.annotations.NullMarked;
