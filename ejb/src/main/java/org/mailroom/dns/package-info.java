/** The domain name system, as mail asks it. Arrow: may import {@code config}. */
@NullMarked
package org.mailroom.dns;

import org.jspecify.annotations.NullMarked;
