/** The domain name system, as mail asks it: with a cache, a bound on waiting, and a word on whose signature was seen. Arrow: may import {@code config}. */
@NullMarked
package org.mailroom.dns;

import org.jspecify.annotations.NullMarked;
